package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What scaling by series is worth: a made-up fleet of devices that behave alike under offsets and
 * gains of their own, one model for all. Trained with {@code train.scale-by: series} and {@code
 * global}; judged on devices that trained and on some that did not ({@code cold}). A set per kind
 * of {@link FleetFault}; false alarms are counted on the same rows without faults.
 */
final class FleetSuite implements Suite {
  /** False-alarm rate of the border. */
  static final double ASKED = 0.01;

  private static final long MINUTE = 60_000;

  /**
   * How large the fleet is.
   *
   * @param known devices that train
   * @param cold devices that do not
   * @param trained rows of each known device
   * @param tested rows of each device after that
   */
  record Size(int known, int cold, int trained, int tested) {
    static final Size USUAL = new Size(20, 3, 2_000, 2_000);
  }

  /** A device with its rows: those before the test, and the test with and without faults. */
  @SuppressWarnings("ArrayRecordComponent") // held while a set is judged, never compared
  private record Device(String name, float[][] before, float[][] clean, LabelledRows faulty) {}

  private final Protocol protocol;
  private final Size size;

  FleetSuite(Protocol protocol, Size size) {
    this.protocol = protocol;
    this.size = size;
  }

  @Override
  public List<String> sets() {
    return Arrays.stream(FleetFault.values()).map(FleetFault::setName).toList();
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws TrainingException {
    FleetFault fault = FleetFault.named(set);
    result.attemptSeeds(protocol.seeds(), "", seed -> compare(set, fault, seed, result));
  }

  private void compare(String set, FleetFault fault, int repetition, SetResult.Builder result)
      throws TrainingException {
    TrainingConfig config = protocol.trainingOf(repetition);
    List<Device> devices = devices(fault, config.seed());
    List<Device> known = devices.subList(0, size.known());
    List<Device> cold = devices.subList(size.known(), devices.size());
    for (boolean bySeries : new boolean[] {true, false}) {
      String scaling = bySeries ? "by_series_" : "pooled_";
      try (FittedDetector detector =
          FittedDetector.train(
              set, span(known), scaled(config, bySeries), protocol.falseAlarmRate())) {
        judge(detector, known, scaling, repetition, result);
        judge(detector, cold, scaling + "cold_", repetition, result);
      }
    }
  }

  private static TrainingConfig scaled(TrainingConfig config, boolean bySeries) {
    return config.withData(config.data().withScaleBySeries(bySeries));
  }

  private List<Device> devices(FleetFault fault, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < size.known() + size.cold(); i++) {
      FleetSeries series =
          new FleetSeries((i < size.known() ? "known-" : "cold-") + i, random.nextLong());
      float[][] before = series.next(size.trained());
      float[][] clean = series.next(size.tested());
      float[][] other = series.next(size.tested());
      LabelledRows faulty = fault.plant(series, clean, other, random);
      devices.add(new Device(series.name(), before, clean, faulty));
    }
    return devices;
  }

  private TrainingSpan span(List<Device> known) {
    long[] times = new long[size.trained()];
    Arrays.setAll(times, row -> row * MINUTE);
    List<String> features = FleetSeries.features();
    List<Segment> segments =
        known.stream()
            .map(
                device ->
                    FittedDetector.segment(
                        device.name(),
                        new LabelledRows(
                            device.name(),
                            features,
                            device.before(),
                            times,
                            new boolean[times.length])))
            .toList();
    return new TrainingSpan(features, segments, 0, size.trained() * MINUTE);
  }

  private void judge(
      FittedDetector detector,
      List<Device> devices,
      String prefix,
      int seed,
      SetResult.Builder result) {
    int tested = devices.get(0).clean().length;
    double[] statistics = new double[devices.size() * tested];
    double[] pValues = new double[statistics.length];
    boolean[] anomalous = new boolean[statistics.length];
    for (int i = 0; i < devices.size(); i++) {
      Device device = devices.get(i);
      RowScores faulty = detector.score(device.name(), device.before(), device.faulty().values());
      RowScores clean = detector.score(device.name(), device.before(), device.clean());
      System.arraycopy(faulty.statistic(), 0, statistics, i * tested, tested);
      System.arraycopy(clean.pValue(), 0, pValues, i * tested, tested);
      System.arraycopy(device.faulty().anomalous(), 0, anomalous, i * tested, tested);
    }
    AlarmCount alarms =
        AlarmCount.of(detector.calibration(), pValues, protocol.falseAlarmRate()).get(0);
    result.seed(seed, prefix + "auroc", RankingMetrics.auroc(statistics, anomalous));
    result.seed(seed, prefix + "ap", RankingMetrics.averagePrecision(statistics, anomalous));
    result.seed(seed, prefix + "alarms_to_promised", OptionalDouble.of(alarms.ratio()));
  }

  /** What {@code metrics.json} says of it. */
  static Map<String, Object> settings(Size size) {
    return Map.of(
        "devices",
        size.known(),
        "cold_devices",
        size.cold(),
        "rows_by_device",
        IntStream.of(size.trained(), size.tested()).boxed().toList());
  }
}
