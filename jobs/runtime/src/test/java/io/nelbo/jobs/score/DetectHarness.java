package io.nelbo.jobs.score;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.serve.AssignedGpus;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.detect.Detector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** {@link DetectAnomalies} with a store of real models, in the words of its tests. */
final class DetectHarness implements AutoCloseable {
  private final Path store;
  private final int windowLength;
  private final CopyOnWriteArrayList<String> opened = new CopyOnWriteArrayList<>();
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, Observation, ModelNotice, ScoredRecord>
      harness;

  private DetectHarness(
      Path store,
      Function<NelboConfig, DetectorFactory> detectors,
      ModelHistory history,
      String[] settings)
      throws Exception {
    this.store = store;
    NelboConfig config =
        TestConfig.of(
            "model: {store: %s, device: cpu}\n%s".formatted(store, String.join("\n", settings)));
    windowLength = config.window().length();
    DetectorFactory stored = detectors.apply(config);
    CopyOnWriteArrayList<String> versions = opened;
    DetectorFactory counting = new CountingFactory(stored, versions);
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new DetectAnomalies(config, counting, history, LatentSample.NONE),
            Observation::series,
            null,
            Types.STRING);
  }

  static DetectHarness of(Path store, String... settings) throws Exception {
    return of(store, ConfiguredModels::detectors, settings);
  }

  /** With a store that does not hand out this version, for now. */
  static DetectHarness unreachable(String version, Path store, String... settings)
      throws Exception {
    return of(
        store,
        config -> {
          DetectorFactory stored = ConfiguredModels.detectors(config);
          return notice -> {
            if (notice.version().equals(version)) {
              throw new IOException("no route to " + version);
            }
            return stored.open(notice);
          };
        },
        settings);
  }

  /** With another way to open detectors. */
  static DetectHarness of(
      Path store, Function<NelboConfig, DetectorFactory> detectors, String... settings)
      throws Exception {
    DetectHarness detect = new DetectHarness(store, detectors, ModelHistory.NONE, settings);
    detect.harness.open();
    return detect;
  }

  static DetectHarness restored(OperatorSubtaskState state, Path store, String... settings)
      throws Exception {
    return restored(state, ModelHistory.NONE, store, settings);
  }

  /** With a model topic that holds this when the task opens. */
  static DetectHarness restored(
      OperatorSubtaskState state, ModelHistory history, Path store, String... settings)
      throws Exception {
    DetectHarness detect = new DetectHarness(store, ConfiguredModels::detectors, history, settings);
    detect.harness.initializeState(state);
    detect.harness.open();
    return detect;
  }

  KeyedTwoInputStreamOperatorTestHarness<String, Observation, ModelNotice, ScoredRecord> harness() {
    return harness;
  }

  void send(Observation... records) throws Exception {
    for (Observation record : records) {
      harness.processElement1(record, record.eventTimeMillis());
    }
  }

  void sendAll(List<Observation> records) throws Exception {
    send(records.toArray(Observation[]::new));
  }

  /** Publishes a test model of the configured window length and announces it. */
  void activate(int version, long offset, long effectiveFromMillis) throws Exception {
    announce(activation(version, offset, effectiveFromMillis));
  }

  ModelNotice activation(int version, long offset, long effectiveFromMillis) throws Exception {
    return TestModels.activation(
        TestModels.publish(store, windowLength, version), offset, effectiveFromMillis);
  }

  void announce(ModelNotice notice) throws Exception {
    harness.processElement2(new StreamRecord<>(notice));
  }

  void watermark(long millis) throws Exception {
    harness.processWatermark1(new Watermark(millis));
  }

  void processingTime(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  /** As a checkpoint takes it: flushed, then snapshotted. */
  OperatorSubtaskState snapshot() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 1);
  }

  /** Everything that came out, watermarks and their status among it. */
  List<Object> output() {
    return List.copyOf(harness.getOutput());
  }

  List<ScoredRecord> scores() {
    return harness.extractOutputValues();
  }

  List<Long> times(String series) {
    return scores().stream()
        .filter(scored -> scored.series().equals(series))
        .map(ScoredRecord::eventTimeMillis)
        .toList();
  }

  List<Observation> late() {
    List<Observation> late = new ArrayList<>();
    var records = harness.getSideOutput(DetectAnomalies.LATE);
    if (records != null) {
      records.forEach(record -> late.add(record.getValue()));
    }
    return late;
  }

  /** Each result's figures to the last bit. */
  List<ScoreBits> bits() {
    return scores().stream().map(ScoreBits::of).toList();
  }

  /** Versions in the order in which their loading began. */
  List<String> opened() {
    return List.copyOf(opened);
  }

  int keptSeries() {
    return harness.numKeyedStateEntries();
  }

  int pendingTimers() {
    return harness.numEventTimeTimers();
  }

  /** The version that scored; empty without a score. */
  static String version(ScoredRecord scored) {
    ModelNotice model = scored.model();
    return model == null ? "" : model.version();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  /** Notes which versions are opened. */
  private record CountingFactory(DetectorFactory factory, CopyOnWriteArrayList<String> versions)
      implements DetectorFactory {
    @Override
    public Detector open(ModelNotice notice) throws IOException {
      versions.add(notice.version());
      return factory.open(notice);
    }

    @Override
    public DetectorFactory onDevice(AssignedGpus gpus) {
      return new CountingFactory(factory.onDevice(gpus), versions);
    }
  }
}
