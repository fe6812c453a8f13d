package io.nelbo.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTensorsTest {
  private static final Map<String, Tensor> GOLDEN =
      Map.of(
          "encoder.weight",
          new Tensor(
              new int[] {2, 3}, new float[] {1, -2.5f, 3.25f, 0.1f, Float.POSITIVE_INFINITY, -0f}),
          "decoder.bias",
          new Tensor(new int[] {2}, new float[] {1e-40f, Float.MAX_VALUE}),
          "step",
          new Tensor(new int[] {}, new float[] {42}),
          "empty",
          new Tensor(new int[] {0, 4}, new float[] {}));

  @Test
  void readsWhatAnIndependentWriterOfThePublishedFormatWrote() throws Exception {
    Map<String, Tensor> tensors = SafeTensorsReader.read(resource("golden.safetensors"));

    assertSame(tensors, GOLDEN);
  }

  @Test
  void writesTheSameBytesAsAnIndependentWriterOfThePublishedFormat() throws Exception {
    byte[] bytes = SafeTensorsWriter.write(GOLDEN);

    assertThat(bytes).isEqualTo(resource("golden.safetensors"));
  }

  @Test
  void passesOverMetadataAndAnyOrderOfTensors() throws Exception {
    Map<String, Tensor> tensors =
        SafeTensorsReader.read(resource("golden-with-metadata.safetensors"));

    assertThat(tensors).containsOnlyKeys("encoder.weight", "decoder.bias");
    assertThat(Objects.requireNonNull(tensors.get("decoder.bias")).values())
        .containsExactly(1e-40f, Float.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}       | tensor a spans 8 bytes, its shape asks for 1 values of 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}       | tensor a starts at 4, expected 0 (no overlaps, no holes)
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}       | tensors cover 4 bytes of 8
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}      | tensor a ends at 12, the data at 8
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,-4]}}      | tensor a ends at -4, the data at 8
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}      | tensor a has dimension -2
          {"a":{"dtype":"F32","shape":[4294967298],"data_offsets":[0,8]}} | tensor a has dimension 4294967298
          {"a":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,8]}} | tensor a is too large
          {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}       | tensor a has dtype F64, expected F32
          {"a":{"dtype":"F32","shape":[2]}}                            | tensor a needs a shape and two data_offsets
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}} | tensor a has an unknown field x
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | tensor b starts at 0, expected 4 (no overlaps, no holes)
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | tensor a comes twice
          {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}} | more than 8 dimensions
          """)
  void refusesAHeaderThatDoesNotFitTheData(String header, String message) {
    assertRefused(file(header, 8), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "{'a':1}", "{} x", "{\"a\":[]}", "{\"a\":{\"shape\":\"x\"}}"})
  void refusesAHeaderThatIsNotTheExpectedJson(String header) {
    assertThatThrownBy(() -> SafeTensorsReader.read(file(header, 0)))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("the header is not as expected");
  }

  @Test
  void refusesHeaderLengthsThatTheFileCannotHold() {
    assertRefused(new byte[7], "7 bytes are too few for a header");
    assertRefused(new byte[8], "a header of 0 bytes, expected 2..1048576");
    assertRefused(
        ByteBuffer.allocate(8).putLong(-1).array(),
        "a header of 18446744073709551615 bytes, expected 2..1048576");
    assertRefused(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100).array(),
        "a header of 100 bytes in a file of 8 bytes");
    assertRefused(file("[1]", 0), "the header must start with {");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyDamageIsRefusedOrReadButNeverBreaksTheReader(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] golden = resource("golden.safetensors");

    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = golden.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        SafeTensorsReader.read(damaged);
      } catch (ArtifactException e) {
        refused++;
      }
    }

    assertThat(refused).as("seed %s", seed).isGreaterThan(1000);
  }

  @Test
  void theFormatSOwnKeyIsNoTensor() {
    Tensor tensor = new Tensor(new int[] {1}, new float[] {1});

    assertThatThrownBy(() -> SafeTensorsWriter.write(Map.of("__metadata__", tensor)))
        .hasMessage("no tensor may be called __metadata__: the format owns it");
  }

  private static void assertSame(Map<String, Tensor> found, Map<String, Tensor> expected) {
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          Tensor other = Objects.requireNonNull(found.get(name));
          assertThat(other.shape()).isEqualTo(tensor.shape());
          assertThat(other.values()).isEqualTo(tensor.values());
        });
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> SafeTensorsReader.read(bytes))
        .hasMessage("weights.safetensors: " + message)
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(SafeTensorsTest.class.getResourceAsStream(name))) {
      return stream.readAllBytes();
    }
  }
}
