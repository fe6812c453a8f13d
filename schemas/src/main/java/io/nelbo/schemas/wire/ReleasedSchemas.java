package io.nelbo.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every schema that was ever released for a type, oldest first: the resources {@code
 * released/<Name>-v1.avsc}, {@code -v2} and so on beside the type.
 */
final class ReleasedSchemas {
  private ReleasedSchemas() {}

  static List<Schema> of(Class<?> type) {
    List<Schema> schemas = new ArrayList<>();
    while (true) {
      String name = "released/%s-v%d.avsc".formatted(type.getSimpleName(), schemas.size() + 1);
      try (InputStream in = type.getResourceAsStream(name)) {
        if (in == null) {
          return List.copyOf(schemas);
        }
        schemas.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read resource " + name, e);
      }
    }
  }
}
