package io.nelbo.model.detect;

import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.SyntheticPlant;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A published model of the plant's records, two of whose columns are context, and some windows. */
record ContextModel(ModelArtifact artifact, GoldenScores scores) {
  private static final int WINDOW_LENGTH = 2;
  private static final String SERIES = "pump-1";

  static ContextModel train(String likelihood, Path folder) throws TrainingException, IOException {
    RecordColumns columns =
        new RecordColumns(List.of("a", "b", "c", "d"), List.of("load"), List.of("cosine"));
    Segment segment = new SyntheticPlant(3).segment(SERIES, 400, 0);
    ModelArtifact artifact =
        new Trainer()
            .train(
                SyntheticPlant.request(
                    new TrainingSpan(columns, List.of(segment), 0, 1_000_000),
                    SyntheticPlant.config(WINDOW_LENGTH, 40)
                        .withDesign(Design.SENSORS.withLikelihood(likelihood))),
                TrainingListener.NONE)
            .artifact();
    URI published = URI.create(new LocalArtifactStore(folder).publish(artifact).uri());
    SplittableRandom random = new SplittableRandom(4);
    List<GoldenScores.Expected> rows = new ArrayList<>();
    for (int row = 0; row < 8; row++) {
      int start = 2 * row * columns.columnCount();
      float[] window =
          Arrays.copyOfRange(
              segment.values(), start, start + WINDOW_LENGTH * columns.columnCount());
      window[random.nextInt(window.length)] = Float.NaN;
      window[random.nextInt(window.length)] += 1000;
      rows.add(new GoldenScores.Expected(SERIES, Double.NaN, Double.NaN, window));
    }
    return new ContextModel(
        artifact, new GoldenScores("plant", Path.of(published), WINDOW_LENGTH, rows));
  }

  List<GoldenScores.Score> detected() {
    return scores.detected(artifact);
  }
}
