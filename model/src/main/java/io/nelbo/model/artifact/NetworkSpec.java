package io.nelbo.model.artifact;

import com.google.gson.stream.JsonWriter;
import io.nelbo.model.record.WindowShape;
import java.io.IOException;
import java.util.List;

/**
 * What the weights are the weights of, and what goes with such a network: one variant per kind.
 * Each reads and writes itself.
 */
public sealed interface NetworkSpec
    permits DenseNetworkSpec, LinearGaussianSpec, ConvolutionalSpec {
  /** All that this program knows. */
  List<String> KINDS =
      List.of(DenseNetworkSpec.KIND, LinearGaussianSpec.KIND, ConvolutionalSpec.KIND);

  /** As {@code network.kind} says it. */
  String kind();

  /** Latent dimensions. */
  int latent();

  /** Least standard deviation of a scaled feature, positive. */
  double deviationFloor();

  /** How many values of a record its density is of: all that are scored, or fewer, coarser ones. */
  default int densityValues(WindowShape window) {
    return window.features();
  }

  /** What the features are to the network. */
  FeatureRange range();

  /** The first format whose readers cannot misread it, which is the one to write. */
  int format();

  /** The first format that may say so at all. */
  int oldestFormat();

  /** For people: one line for each aspect, its name first. */
  List<Aspect> inWords();

  /** Adds its fields to those of the manifest. */
  void write(JsonWriter manifest) throws IOException;

  /** Something to say of a network. */
  record Aspect(String name, String text) {}

  /**
   * Its part of a manifest.
   *
   * @throws IllegalArgumentException when it is of a kind that this program does not know
   */
  static NetworkSpec read(JsonFields manifest) throws ArtifactException {
    String kind = manifest.object("network").string("kind");
    return switch (kind) {
      case DenseNetworkSpec.KIND -> DenseNetworkSpec.read(manifest);
      case LinearGaussianSpec.KIND -> LinearGaussianSpec.read(manifest);
      case ConvolutionalSpec.KIND -> ConvolutionalSpec.read(manifest);
      default ->
          throw new IllegalArgumentException(
              "network.kind must be one of %s, got %s".formatted(KINDS, kind));
    };
  }
}
