package io.nelbo.jobs.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Output for machines. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** One object on one line, of maps, lists, text and numbers. */
  public static String line(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not maps, lists, text and numbers: " + object, e);
    }
  }

  /** A record's fields by name; times as ISO-8601, bytes in Base64 (RFC 4648). */
  public static Map<String, @Nullable Object> tree(IndexedRecord avro) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Schema.Field field : avro.getSchema().getFields()) {
      fields.put(field.name(), value(avro.get(field.pos())));
    }
    return fields;
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof IndexedRecord inner) {
      return tree(inner);
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> values = new ArrayList<>();
      items.forEach(item -> values.add(value(item)));
      return values;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      map.forEach((name, inner) -> values.put(name.toString(), value(inner)));
      return values;
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof ByteBuffer bytes) {
      ByteBuffer encoded = Base64.getEncoder().encode(bytes.duplicate());
      return StandardCharsets.US_ASCII.decode(encoded).toString();
    }
    return value.toString(); // text, symbols, times
  }
}
