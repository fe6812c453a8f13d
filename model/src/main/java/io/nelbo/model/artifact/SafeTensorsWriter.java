package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes float32 tensors in the safetensors format, readable by its Python package.
 *
 * <p>The format (github.com/huggingface/safetensors): the header's length as 8 little-endian bytes,
 * a JSON header with {@code dtype}, {@code shape} and {@code data_offsets} relative to the end of
 * the header, then the little-endian row-major values without holes. The header is padded with
 * spaces so that the values start at a multiple of 8. Tensors are in alphabetical order, so that
 * equal tensors give equal bytes.
 */
final class SafeTensorsWriter {
  static final String METADATA = "__metadata__";

  private static final int ALIGNMENT = 8;

  private SafeTensorsWriter() {}

  static byte[] write(Map<String, Tensor> tensors) throws IOException {
    requireArgument(
        !tensors.containsKey(METADATA), "no tensor may be called %s: the format owns it", METADATA);
    Map<String, Tensor> ordered = new TreeMap<>(tensors);
    byte[] header = header(ordered);
    int padding = (ALIGNMENT - header.length % ALIGNMENT) % ALIGNMENT;
    long values = ordered.values().stream().mapToLong(tensor -> tensor.values().length).sum();
    long size = Long.BYTES + header.length + padding + values * Float.BYTES;
    ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong((long) header.length + padding).put(header);
    for (int space = 0; space < padding; space++) {
      file.put((byte) ' ');
    }
    for (Tensor tensor : ordered.values()) {
      for (float value : tensor.values()) {
        file.putFloat(value);
      }
    }
    return file.array();
  }

  private static byte[] header(Map<String, Tensor> ordered) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : ordered.entrySet()) {
        Tensor tensor = entry.getValue();
        long end = offset + (long) tensor.values().length * Float.BYTES;
        json.name(entry.getKey()).beginObject().name("dtype").value("F32");
        json.name("shape").beginArray();
        for (int dimension : tensor.shape()) {
          json.value(dimension);
        }
        json.endArray().name("data_offsets").beginArray().value(offset).value(end).endArray();
        json.endObject();
        offset = end;
      }
      json.endObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
