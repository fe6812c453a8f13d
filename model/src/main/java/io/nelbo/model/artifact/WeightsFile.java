package io.nelbo.model.artifact;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the manifest says of the weights beside it, so that loading can verify them.
 *
 * @param file name within the artifact's folder
 * @param bytes its length
 * @param sha256 of its bytes, lower-case hex
 * @param shapes of its tensors by name
 */
record WeightsFile(String file, long bytes, String sha256, Map<String, List<Integer>> shapes) {
  static final String NAME = "weights.safetensors";

  static WeightsFile of(byte[] encoded, Map<String, Tensor> tensors) {
    return new WeightsFile(NAME, encoded.length, Sha256.of(encoded), shapesOf(tensors));
  }

  static Map<String, List<Integer>> shapesOf(Map<String, Tensor> tensors) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    tensors.forEach(
        (name, tensor) -> shapes.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
    return shapes;
  }

  void write(JsonWriter manifest) throws IOException {
    manifest.name("weights").beginObject();
    manifest.name("file").value(file);
    manifest.name("bytes").value(bytes);
    manifest.name("sha256").value(sha256);
    manifest.name("tensors").beginObject();
    for (Map.Entry<String, List<Integer>> tensor : shapes.entrySet()) {
      manifest.name(tensor.getKey()).jsonValue(tensor.getValue().toString());
    }
    manifest.endObject();
    manifest.endObject();
  }

  static WeightsFile read(JsonFields fields) throws ArtifactException {
    JsonFields tensors = fields.object("tensors");
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (String name : tensors.names()) {
      shapes.put(name, tensors.smallIntegers(name));
    }
    return new WeightsFile(
        fields.string("file"), fields.integer("bytes"), fields.string("sha256"), shapes);
  }
}
