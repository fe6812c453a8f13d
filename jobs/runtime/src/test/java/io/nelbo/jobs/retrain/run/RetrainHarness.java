package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.store.StoreFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.testing.Await;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.schemas.ModelEventKind;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** {@link TrainOnSpan} with a real store and short trainings, in the words of its tests. */
final class RetrainHarness implements AutoCloseable {
  /** One slide of {@link #SETTINGS}. */
  static final long SLIDE = 400_000;

  private static final String SETTINGS =
      """
      model: {id: test, store: %s, device: cpu, activation-delay: 1s}
      alert: {false-alarm-rate: 0.01}
      train: {hidden: 16, latent: 2, steps: 300, batch-size: 64, likelihood: gaussian}
      retrain: {%s, min-rows: 300%s}
      """;

  private static final String SLIDES = "span: 800s, every: 400s";

  private final KeyedOneInputStreamOperatorTestHarness<String, Observation, ModelNotice> harness;

  private final TrainOnSpan operator;

  private RetrainHarness(StoreFactory store, ModelHistory history, NelboConfig config)
      throws Exception {
    operator = new TrainOnSpan(config, store, new LiveTime(history), AfterTraining.NOTHING);
    harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, row -> "test", Types.STRING);
  }

  /** Not opened yet. */
  static RetrainHarness of(Path store, ModelHistory history, String more) throws Exception {
    String folder = store.toString();
    return new RetrainHarness(
        () -> new LocalArtifactStore(Path.of(folder)), history, config(store, more));
  }

  static NelboConfig config(Path store, String more) {
    return config(store, SLIDES, more);
  }

  private static NelboConfig config(Path store, String slides, String more) {
    return TestConfig.of(SETTINGS.formatted(store, slides, more.isEmpty() ? "" : ", " + more));
  }

  static RetrainHarness open(Path store, ModelHistory history) throws Exception {
    return open(store, history, "");
  }

  static RetrainHarness open(Path store, ModelHistory history, String more) throws Exception {
    RetrainHarness opened = of(store, history, more);
    opened.harness.open();
    return opened;
  }

  /** With a store that is not the usual one, in this folder. */
  static RetrainHarness openOn(Path folder, StoreFactory store) throws Exception {
    RetrainHarness opened = new RetrainHarness(store, ModelHistory.NONE, config(folder, ""));
    opened.harness.open();
    return opened;
  }

  static RetrainHarness restored(Path store, OperatorSubtaskState state) throws Exception {
    return restored(store, state, SLIDES, "");
  }

  static RetrainHarness restored(Path store, OperatorSubtaskState state, String more)
      throws Exception {
    return restored(store, state, SLIDES, more);
  }

  /** With slides of another length. */
  static RetrainHarness restored(Path store, OperatorSubtaskState state, String slides, String more)
      throws Exception {
    String folder = store.toString();
    RetrainHarness restored =
        new RetrainHarness(
            () -> new LocalArtifactStore(Path.of(folder)),
            ModelHistory.NONE,
            config(store, slides, more));
    restored.harness.initializeState(state);
    restored.harness.open();
    return restored;
  }

  void send(String series, long timeMillis, float[] features) throws Exception {
    harness.processElement(
        new StreamRecord<>(
            new Observation(
                series, timeMillis, features, -1, new Place(0, timeMillis), timeMillis, null),
            timeMillis));
  }

  void watermark(long millis) throws Exception {
    harness.processWatermark(new Watermark(millis));
  }

  void processingTime(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  /** Runs the next mail of the trainer; waits for it. */
  void awaitMail() throws Exception {
    Await.until("the trainer reports", () -> harness.getTaskMailbox().hasMail());
    harness.getTaskMailbox().take(0).run();
  }

  boolean isBusy() {
    return operator.isBusy();
  }

  /** Runs the trainer's mails until it has nothing to do. */
  void settle() throws Exception {
    while (operator.isBusy()) {
      awaitMail();
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  void endInput() throws Exception {
    harness.endInput();
  }

  List<ModelNotice> decisions() {
    return harness.extractOutputValues();
  }

  List<ModelEventKind> kinds() {
    return decisions().stream().map(ModelNotice::kind).toList();
  }

  ModelNotice last() {
    return decisions().get(decisions().size() - 1);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
