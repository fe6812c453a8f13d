package io.nelbo.model.artifact;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads float32 tensors from the bytes of a safetensors file, trusting none of them.
 *
 * <p>As the published format demands, tensors must cover the data without overlap and without
 * holes, and no name may come twice. Other data types are refused: this program writes none.
 */
final class SafeTensorsReader {
  /** A header of our networks takes some kilobytes. */
  private static final long LARGEST_HEADER = 1 << 20;

  private static final int MOST_DIMENSIONS = 8;

  private final ByteBuffer file;

  private SafeTensorsReader(byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @throws ArtifactException when the bytes are not such a file, with the first thing found
   */
  static Map<String, Tensor> read(byte[] bytes) throws ArtifactException {
    return new SafeTensorsReader(bytes).read();
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on to the tensor, never compared
  private record Entry(String name, int[] shape, long begin, long end) {}

  private Map<String, Tensor> read() throws ArtifactException {
    require(file.capacity() >= Long.BYTES, "%s bytes are too few for a header", file.capacity());
    long headerLength = file.getLong(0);
    require(
        headerLength >= 2 && headerLength <= LARGEST_HEADER,
        "a header of %s bytes, expected 2..%s",
        Long.toUnsignedString(headerLength),
        LARGEST_HEADER);
    long dataStart = Long.BYTES + headerLength;
    require(
        dataStart <= file.capacity(),
        "a header of %s bytes in a file of %s bytes",
        headerLength,
        file.capacity());
    require(file.get(Long.BYTES) == '{', "the header must start with {");
    String header =
        new String(file.array(), Long.BYTES, (int) headerLength, StandardCharsets.UTF_8);
    List<Entry> entries = parse(header);
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return slice(entries, (int) dataStart);
  }

  private Map<String, Tensor> slice(List<Entry> entries, int dataStart) throws ArtifactException {
    long length = (long) file.capacity() - dataStart;
    long expected = 0;
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Entry entry : entries) {
      require(
          entry.begin() == expected,
          "tensor %s starts at %s, expected %s (no overlaps, no holes)",
          entry.name(),
          entry.begin(),
          expected);
      require(
          entry.end() >= entry.begin() && entry.end() <= length,
          "tensor %s ends at %s, the data at %s",
          entry.name(),
          entry.end(),
          length);
      long values = valuesOf(entry);
      require(
          entry.end() - entry.begin() == values * Float.BYTES,
          "tensor %s spans %s bytes, its shape asks for %s values of 4",
          entry.name(),
          entry.end() - entry.begin(),
          values);
      float[] copied = new float[(int) values];
      file.slice(dataStart + (int) entry.begin(), copied.length * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(copied);
      tensors.put(entry.name(), new Tensor(entry.shape(), copied));
      expected = entry.end();
    }
    require(expected == length, "tensors cover %s bytes of %s", expected, length);
    return tensors;
  }

  private static long valuesOf(Entry entry) throws ArtifactException {
    long values = 1;
    for (int dimension : entry.shape()) {
      require(dimension >= 0, "tensor %s has dimension %s", entry.name(), dimension);
      values *= dimension;
      require(values <= Integer.MAX_VALUE, "tensor %s is too large", entry.name());
    }
    return values;
  }

  private static List<Entry> parse(String header) throws ArtifactException {
    List<Entry> entries = new ArrayList<>();
    try (JsonReader json = new JsonReader(new StringReader(header))) {
      json.setStrictness(Strictness.STRICT);
      Map<String, Boolean> seen = new TreeMap<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        require(seen.put(name, true) == null, "tensor %s comes twice", name);
        if (name.equals(SafeTensorsWriter.METADATA)) {
          json.skipValue();
        } else {
          entries.add(parseEntry(name, json));
        }
      }
      json.endObject();
      require(json.peek() == JsonToken.END_DOCUMENT, "text after the header");
    } catch (ArtifactException e) {
      throw e;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw refuse("the header is not as expected: " + e);
    }
    return entries;
  }

  private static Entry parseEntry(String name, JsonReader json) throws IOException {
    String type = "";
    List<Long> shape = null;
    List<Long> offsets = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = integers(json);
        case "data_offsets" -> offsets = integers(json);
        default -> throw refuse("tensor %s has an unknown field %s", name, key);
      }
    }
    json.endObject();
    require(type.equals("F32"), "tensor %s has dtype %s, expected F32", name, type);
    if (shape == null || offsets == null || offsets.size() != 2) {
      throw refuse("tensor %s needs a shape and two data_offsets", name);
    }
    int[] dimensions = new int[shape.size()];
    for (int axis = 0; axis < dimensions.length; axis++) {
      require(
          shape.get(axis) <= Integer.MAX_VALUE && shape.get(axis) >= 0,
          "tensor %s has dimension %s",
          name,
          shape.get(axis));
      dimensions[axis] = shape.get(axis).intValue();
    }
    return new Entry(name, dimensions, offsets.get(0), offsets.get(1));
  }

  private static List<Long> integers(JsonReader json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      numbers.add(json.nextLong());
      require(numbers.size() <= MOST_DIMENSIONS, "more than %s dimensions", MOST_DIMENSIONS);
    }
    json.endArray();
    return numbers;
  }

  private static void require(boolean condition, String message, Object... values)
      throws ArtifactException {
    if (!condition) {
      throw refuse(message, values);
    }
  }

  private static ArtifactException refuse(String message, Object... values) {
    String text = values.length == 0 ? message : String.format(message, values);
    return new ArtifactException(Reason.INVALID, WeightsFile.NAME + ": " + text);
  }
}
