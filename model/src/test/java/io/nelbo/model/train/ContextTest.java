package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.window.WindowBatch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two sensors of a machine that idles at night and works by day: what is normal at noon is a fault
 * at midnight.
 */
final class ContextTest {
  private static final RecordColumns ALONE = new RecordColumns(List.of("power", "heat"));
  private static final RecordColumns WITH_HOUR =
      new RecordColumns(List.of("power", "heat"), List.of(), List.of("hour sine", "hour cosine"));
  private static final RecordColumns WITH_MODE =
      new RecordColumns(List.of("power", "heat"), List.of("mode"), List.of());

  /** p-value below which a record is an anomaly. */
  private static final double BORDER = 0.005;

  private static final int NOON = 12;
  private static final int MIDNIGHT = 0;

  private final SplittableRandom random = new SplittableRandom(5);

  /** With windows of four, work that begins at eight is normal, and at five it is not. */
  @ParameterizedTest
  @CsvSource({"1, 12, 0", "4, 8, 5"})
  void whatIsNormalAtAnotherHourIsFoundOnlyByTheModelThatKnowsTheHour(
      int windowLength, int usualHour, int unusualHour) throws Exception {
    try (Detector informed = train(WITH_HOUR, windowLength);
        Detector ignorant = train(ALONE, windowLength)) {
      float[] usual = window(WITH_HOUR, windowLength, usualHour, NOON);
      float[] unusual = window(WITH_HOUR, windowLength, unusualHour, NOON);
      float[] unusualAlone = window(ALONE, windowLength, unusualHour, NOON);

      assertThat(pValue(informed, usual, WITH_HOUR)).isGreaterThan(BORDER);
      assertThat(pValue(informed, unusual, WITH_HOUR)).isLessThan(BORDER);
      assertThat(pValue(ignorant, unusualAlone, ALONE)).isGreaterThan(BORDER);
    }
  }

  @Test
  void aMeasuredModeTellsTheRegimesApart() throws Exception {
    try (Detector informed = train(WITH_MODE, 1)) {
      float[] working = window(WITH_MODE, 1, NOON, NOON);
      float[] workingWhileOff = working.clone();
      workingWhileOff[2] = mode(MIDNIGHT);

      assertThat(pValue(informed, working, WITH_MODE)).isGreaterThan(BORDER);
      assertThat(pValue(informed, workingWhileOff, WITH_MODE)).isLessThan(BORDER);
    }
  }

  @Test
  void changingNothingButTheContextChangesWhatIsExpected() throws Exception {
    try (Detector informed = train(WITH_HOUR, 1)) {
      float[] noon = {Float.NaN, 30, 0, -1};
      float[] midnight = {Float.NaN, 30, 0, 1};

      double atNoon = expectedPower(informed, noon);
      double atMidnight = expectedPower(informed, midnight);

      // Heat follows power with a lag of its own noise: only the hour says which regime it is.
      assertThat(atNoon - atMidnight).isGreaterThan(3);
    }
  }

  @Test
  void contextIsNeitherBlamedNorScoredNorCountedAsObserved() throws Exception {
    try (Detector informed = train(WITH_MODE, 1)) {
      float[] strangeMode = window(WITH_MODE, 1, NOON, NOON);
      strangeMode[2] = 1e6f;
      float[] onlyMode = {Float.NaN, Float.NaN, 1};

      List<Attribution> blame =
          informed.explain(batch(WITH_MODE, strangeMode), List.of(0), 9).get(0);
      double density = detect(informed, batch(WITH_MODE, strangeMode)).negativeElbo(0);
      boolean scored = detect(informed, batch(WITH_MODE, onlyMode)).observed(0);

      assertThat(blame).extracting(Attribution::feature).containsOnly("power", "heat");
      assertThat(density).isFinite().isLessThan(1e5);
      assertThat(scored).isFalse();
    }
  }

  @Test
  void missingContextIsAllowed() throws Exception {
    try (Detector informed = train(WITH_MODE, 1)) {
      float[] unknown = window(WITH_MODE, 1, NOON, NOON);
      unknown[2] = Float.NaN;

      Detections detections = detect(informed, batch(WITH_MODE, unknown));

      assertThat(detections.observed(0)).isTrue();
      assertThat(detections.negativeElbo(0)).isFinite();
    }
  }

  @Test
  void theManifestNamesTheContextAndLeavesCyclesUnscaled() throws Exception {
    Training training = training(WITH_HOUR, 1, 20);

    assertThat(training.artifact().manifest().featureNames()).containsExactly("power", "heat");
    assertThat(training.artifact().manifest().contextNames())
        .containsExactly("hour sine", "hour cosine");
    assertThat(training.artifact().manifest().scaler().global().scale()[2]).isEqualTo(1);
    assertThat(training.artifact().manifest().scaler().scaleOf("machine", 3)).isEqualTo(1);
    assertThat(training.artifact().manifest().scaler().toRaw("machine", 3, 0.25)).isEqualTo(0.25);
  }

  @Test
  void theDigestTellsContextFromFeatures() {
    Segment segment = new Segment("machine", new long[] {0}, new float[] {1, 2});
    RecordColumns features = new RecordColumns(List.of("power", "heat"));
    RecordColumns context = new RecordColumns(List.of("power"), List.of("heat"), List.of());

    String ofFeatures = new TrainingSpan(features, List.of(segment), 0, 1).digest();
    String ofContext = new TrainingSpan(context, List.of(segment), 0, 1).digest();

    assertThat(ofContext).isNotEqualTo(ofFeatures);
  }

  @Test
  void bitsTakeNoContext() {
    Design bits = Design.SENSORS.withLikelihood(LikelihoodSpec.BERNOULLI);
    TrainingRequest request =
        SyntheticPlant.request(span(WITH_MODE), SyntheticPlant.config(1, 10).withDesign(bits));

    assertThatThrownBy(() -> new Trainer().train(request, TrainingListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the bernoulli likelihood takes no context, the span has [mode]");
  }

  @Test
  void aColumnIsNamedOnce() {
    assertThatThrownBy(() -> new RecordColumns(List.of("power"), List.of("power"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must differ, got power twice");
  }

  private Detector train(RecordColumns columns, int windowLength) throws TrainingException {
    return Detector.open(
        training(columns, windowLength, 500).artifact(), new DetectorSettings(0.01, 0.5, "cpu"));
  }

  private Training training(RecordColumns columns, int windowLength, int steps)
      throws TrainingException {
    return new Trainer()
        .train(
            SyntheticPlant.request(span(columns), SyntheticPlant.config(windowLength, steps)),
            TrainingListener.NONE);
  }

  /** Three months of hours. */
  private TrainingSpan span(RecordColumns columns) {
    int hours = 24 * 90;
    long[] times = new long[hours];
    float[] values = new float[hours * columns.columnCount()];
    for (int hour = 0; hour < hours; hour++) {
      times[hour] = 3_600_000L * hour;
      record(columns, hour, hour, values, hour * columns.columnCount());
    }
    return new TrainingSpan(
        columns, List.of(new Segment("machine", times, values)), 0, 3_600_000L * hours);
  }

  /** The records of the hours up to this one, the newest of them looking like another hour's. */
  private float[] window(RecordColumns columns, int length, int hour, int looksLike) {
    float[] window = new float[length * columns.columnCount()];
    for (int i = 0; i < length; i++) {
      int own = hour - (length - 1 - i);
      record(columns, i + 1 == length ? looksLike : own, own, window, i * columns.columnCount());
    }
    return window;
  }

  private void record(RecordColumns columns, int looksLike, int hour, float[] values, int offset) {
    double load = mode(looksLike);
    values[offset] = (float) (5 + 40 * load + random.nextGaussian());
    values[offset + 1] = (float) (20 + 10 * load + 5 * random.nextGaussian());
    double angle = 2 * Math.PI * hour / 24;
    float[] context =
        columns.equals(WITH_MODE)
            ? new float[] {mode(hour)}
            : new float[] {(float) Math.sin(angle), (float) Math.cos(angle)};
    System.arraycopy(context, 0, values, offset + 2, columns.columnCount() - 2);
  }

  /** 1 from eight to eight, else 0. */
  private static float mode(int hour) {
    return hour % 24 >= 8 && hour % 24 < 20 ? 1 : 0;
  }

  private static double pValue(Detector detector, float[] window, RecordColumns columns) {
    return detect(detector, batch(columns, window)).pValue(0);
  }

  private static double expectedPower(Detector detector, float[] record) {
    return detector.explain(batch(WITH_HOUR, record), List.of(0), 2).get(0).stream()
        .filter(attribution -> attribution.feature().equals("power"))
        .mapToDouble(Attribution::expected)
        .findAny()
        .orElseThrow();
  }

  private static Detections detect(Detector detector, WindowBatch batch) {
    return detector.detect(batch);
  }

  private static WindowBatch batch(RecordColumns columns, float[] window) {
    WindowBatch batch =
        new WindowBatch(1, window.length / columns.columnCount(), columns.columnCount());
    System.arraycopy(window, 0, batch.values(), batch.add("machine"), window.length);
    return batch;
  }
}
