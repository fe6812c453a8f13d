package io.nelbo.jobs.replay;

import io.nelbo.jobs.replay.source.RecordNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to an event of a recording of files which of them its image is. */
final class NamedRecords {
  static final String FILE = "file";
  private static final String IMAGE = "image";

  private NamedRecords() {}

  /**
   * The event with the file in its reference to the image; the same where the record has no name.
   *
   * @param event as the topic has it, as JSON
   */
  static Map<String, @Nullable Object> named(
      Map<String, @Nullable Object> event, RecordNames names) {
    if (event.get(IMAGE) instanceof Map<?, ?> image
        && image.get("partition") instanceof Number partition
        && image.get("offset") instanceof Number offset) {
      String name = names.nameOf(partition.intValue(), offset.longValue());
      if (!name.isEmpty()) {
        Map<Object, @Nullable Object> named = new LinkedHashMap<>(image);
        named.put(FILE, name);
        event.put(IMAGE, named);
      }
    }
    return event;
  }
}
