package io.nelbo.jobs.retrain.run;

import static io.nelbo.jobs.retrain.run.RetrainHarness.SLIDE;
import static org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils.createExecutionAttemptId;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.testing.LogLines;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without trainings: an environment of its own has no mailbox for them. */
final class RetrainMetricsTest {
  private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

  @TempDir private Path store;
  private KeyedOneInputStreamOperatorTestHarness<String, Observation, ModelNotice> retrain;

  @BeforeEach
  void open() throws Exception {
    String folder = store.toString();
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(1)
            .setMetricGroup(
                TaskManagerMetricGroup.createTaskManagerMetricGroup(
                        TestingMetricRegistry.builder()
                            .setRegisterConsumer((metric, name, group) -> metrics.put(name, metric))
                            .build(),
                        "localhost",
                        ResourceID.generate())
                    .addJob(new JobID(), "retrain")
                    .addTask(createExecutionAttemptId(), "train-on-span"))
            .build();
    retrain =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new TrainOnSpan(
                RetrainHarness.config(store, ""),
                () -> new LocalArtifactStore(Path.of(folder)),
                new LiveTime(ModelHistory.NONE),
                AfterTraining.NOTHING),
            row -> "test",
            Types.STRING,
            environment);
    retrain.open();
  }

  @AfterEach
  void close() throws Exception {
    retrain.close();
  }

  @Test
  void recordsThatComeTooLateAreCountedAndSaidOncePerSlide() throws Exception {
    LogLines log = LogLines.fromNowOn();
    send(SLIDE + 1_000);
    send(2 * SLIDE + 1_000);
    retrain.processWatermark(new Watermark(2 * SLIDE));
    send(SLIDE + 2_000);
    send(SLIDE + 3_000);
    send(2 * SLIDE + 2_000);

    retrain.processWatermark(new Watermark(3 * SLIDE));
    retrain.processWatermark(new Watermark(4 * SLIDE));

    assertThat(counter(MetricNames.TRAINING_RECORDS_LATE)).isEqualTo(2);
    assertThat(gauge(MetricNames.TRAINING_ROWS)).isEqualTo(3);
    assertThat(log.lines())
        .filteredOn(line -> line.contains("a longer order.bound"))
        .singleElement()
        .asString()
        .contains("2 records came after their slide had ended, out of order or twice");
  }

  @Test
  void aRecordOfAFastClockIsNamedWhileWhatComesAfterItIsLate() throws Exception {
    LogLines log = LogLines.fromNowOn();
    send(SLIDE + 1_000);
    send(1_000 * SLIDE);
    retrain.processWatermark(new Watermark(1_000 * SLIDE));
    retrain.setProcessingTime(70_000);

    send(SLIDE + 2_000);
    retrain.setProcessingTime(140_000);
    send(SLIDE + 3_000);
    retrain.setProcessingTime(210_000);

    assertThat(log.lines())
        .filteredOn(line -> line.contains("it came to 1970-01-05T15:06:40Z in one step"))
        .hasSize(2);
    assertThat(log.lines())
        .filteredOn(line -> line.contains("a record of 1970-01-05T15:06:40Z has come in series"))
        .hasSize(1);
  }

  @Test
  void theRowsCanBeReadByAnotherThreadWhileRecordsCome() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<Integer> read = new CompletableFuture<>();
    Thread reporter =
        new Thread(
            () -> {
              try {
                int rows = 0;
                while (ended.getCount() > 0) {
                  rows = gauge(MetricNames.TRAINING_ROWS);
                }
                read.complete(rows);
              } catch (RuntimeException failure) {
                read.completeExceptionally(failure);
              }
            });
    reporter.start();

    for (int slide = 1; slide < 5_000; slide++) {
      send(slide * SLIDE);
    }
    ended.countDown();

    assertThat(read).succeedsWithin(20, TimeUnit.SECONDS);
  }

  private void send(long time) throws Exception {
    float[] features = {1, 2, 3};
    retrain.processElement(
        new StreamRecord<>(
            new Observation("s", time, features, -1, new Place(0, time), time, null), time));
  }

  private int gauge(String name) {
    return (Integer) ((Gauge<?>) metric(name)).getValue();
  }

  private long counter(String name) {
    return ((Counter) metric(name)).getCount();
  }

  private Metric metric(String name) {
    Metric found = metrics.get(name);
    if (found == null) {
      throw new AssertionError("no metric " + name + " in " + metrics.keySet());
    }
    return found;
  }
}
