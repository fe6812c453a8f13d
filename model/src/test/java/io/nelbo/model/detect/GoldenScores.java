package io.nelbo.model.detect;

import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.window.WindowBatch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Artifacts of the first formats, and scores of some windows that numpy computed in double
 * precision from them: kept for ever, so that no later version reads an old model differently.
 */
record GoldenScores(String name, Path folder, int windowLength, List<Expected> rows) {
  private static final int FEATURES = 3;
  private static final String VERSION = "v000001";

  /**
   * One window.
   *
   * @param window raw values, oldest record first, NaN where missing
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Expected(String series, double reconstruction, double kl, float[] window) {}

  /** A score in nats. */
  record Score(double reconstruction, double kl) {}

  static GoldenScores of(String name, int windowLength) throws IOException {
    List<Expected> rows = new ArrayList<>();
    for (String line :
        Files.readAllLines(store().resolve(name + ".csv")).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      float[] window = new float[windowLength * FEATURES];
      String[] values = cells[3].split(" ", -1);
      for (int i = 0; i < window.length; i++) {
        window[i] = values[i].equals("nan") ? Float.NaN : Float.parseFloat(values[i]);
      }
      rows.add(
          new Expected(
              cells[0], Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), window));
    }
    return new GoldenScores(name, store().resolve(name).resolve(VERSION), windowLength, rows);
  }

  /** What the detector says of the same windows. */
  List<Score> detected() throws IOException {
    return detectedOn("cpu");
  }

  /** What it says on another device. */
  List<Score> detectedOn(String device) throws IOException {
    LocalArtifactStore store = new LocalArtifactStore(store());
    PublishedArtifact found = store.find(name, VERSION).orElseThrow();
    return detected(store.load(found.uri(), found.sha256()), device);
  }

  /** What a detector of this artifact says of them. */
  List<Score> detected(ModelArtifact artifact) {
    return detected(artifact, "cpu");
  }

  private List<Score> detected(ModelArtifact artifact, String device) {
    int columns = rows.get(0).window().length / windowLength;
    WindowBatch batch = new WindowBatch(rows.size(), windowLength, columns);
    for (Expected row : rows) {
      int offset = batch.add(row.series());
      System.arraycopy(row.window(), 0, batch.values(), offset, row.window().length);
    }
    try (Detector detector = Detector.open(artifact, new DetectorSettings(0.01, 1e-9, device))) {
      Detections detections = detector.detect(batch);
      Score[] scores = new Score[rows.size()];
      Arrays.setAll(
          scores, row -> new Score(detections.reconstruction(row), detections.klDivergence(row)));
      return List.of(scores);
    }
  }

  private static Path store() {
    try {
      return Path.of(Objects.requireNonNull(GoldenScores.class.getResource("golden")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
