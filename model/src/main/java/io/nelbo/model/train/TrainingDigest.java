package io.nelbo.model.train;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.scale.FeatureScale;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;

/**
 * SHA-256 over all that the outcome of a training depends on: this program, the records, every
 * setting, which records are not fitted to, which scales are kept, and the weights that it starts
 * from. Trainings of one digest give the same artifact but for its version and trigger, bit for bit
 * on one type of CPU, unless the budget ends them. So whoever finds an artifact of the digest need
 * not train again.
 */
final class TrainingDigest {
  /** Rises when the same order would give another model. */
  private static final int DIGEST_FORMAT = 2;

  private TrainingDigest() {}

  static String of(TrainingRequest request) {
    SortedSpan sorted = new SortedSpan(request.span());
    Digest digest =
        new Digest()
            .text("format " + DIGEST_FORMAT)
            .text(TrainingRun.codeVersion())
            .text(sorted.digest())
            .text(request.span().startMillis() + ".." + request.span().endMillis())
            .text(request.config().settingsText()); // a record's text names every component
    List<FitExclusion.Row> excluded = request.exclusion().strangestFirst();
    digest.text("excluded " + excluded.size()); // their order says which go first
    excluded.forEach(row -> digest.text(row.series()).text(Long.toString(row.eventTimeMillis())));
    new TreeMap<>(request.scalesBefore())
        .forEach((series, scale) -> digest.text(series).counted(bytes(scale)));
    request.start().ifPresent(start -> put(digest, start));
    return digest.hex();
  }

  private static void put(Digest digest, ModelArtifact start) {
    digest.text("start").text(start.manifest().version()); // the provenance says which it was
    new TreeMap<>(start.tensors())
        .forEach((name, tensor) -> digest.text(name).counted(bytes(tensor)));
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer buffer = ByteBuffer.allocate(tensor.values().length * Float.BYTES);
    for (float value : tensor.values()) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private static byte[] bytes(FeatureScale scale) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * scale.columns() * Double.BYTES);
    for (int feature = 0; feature < scale.columns(); feature++) {
      buffer.putDouble(scale.centre()[feature]).putDouble(scale.scale()[feature]);
    }
    return buffer.array();
  }
}
