package io.nelbo.jobs.retrain.job;

import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.FAILED;
import static io.nelbo.schemas.ModelEventKind.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From rows to one decision, over Flink, with the store's artifact behind it. */
final class RetrainJobIT {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private Path store;

  @Test
  void enoughRowsGiveOneActivationWithAValidArtifact() throws Exception {
    List<ModelNotice> decisions = decisions(rows(1_200, false), "retrain: {min-rows: 800}");

    assertThat(decisions).hasSize(1);
    ModelNotice activated = decisions.get(0);
    assertThat(activated.kind()).isEqualTo(ACTIVATED);
    assertThat(activated.version()).isEqualTo("v000001");
    assertThat(activated.rows()).isEqualTo(800);
    assertThat(activated.effectiveFromMillis()).isGreaterThanOrEqualTo(activated.spanEndMillis());
    var manifest =
        new LocalArtifactStore(store).load(activated.uri(), activated.sha256()).manifest();
    assertThat(manifest.featureNames()).isEqualTo(CorrelatedSensors.NAMES);
    assertThat(manifest.provenance().records().endMillis()).isEqualTo(activated.spanEndMillis());
  }

  @Test
  void theSameSpanAgainAnnouncesTheSameArtifactAndTrainsNothing() throws Exception {
    List<Decoded> rows = rows(1_000, false);
    ModelNotice first = decisions(rows, "retrain: {min-rows: 800}").get(0);

    List<ModelNotice> again = decisions(rows, "retrain: {min-rows: 800}");

    assertThat(again).extracting(ModelNotice::sha256).containsExactly(first.sha256());
    assertThat(new LocalArtifactStore(store).list("test")).hasSize(1);
  }

  @Test
  void tooFewRowsAreSkippedWithTheirNumberAndTheNeed() throws Exception {
    List<ModelNotice> decisions = decisions(rows(150, false), "retrain: {min-rows: 800}");

    assertThat(decisions).extracting(ModelNotice::kind).containsExactly(SKIPPED);
    assertThat(decisions.get(0).rows()).isEqualTo(150);
    assertThat(decisions.get(0).reason())
        .isEqualTo("the span has 150 rows, retrain.min-rows asks for 800");
  }

  @Test
  void aTrainingThatCannotWorkFailsWithItsReasonAndIncumbentsStay() throws Exception {
    List<ModelNotice> decisions = decisions(rows(800, true), "retrain: {min-rows: 800}");

    assertThat(decisions).extracting(ModelNotice::kind).containsExactly(FAILED);
    assertThat(decisions.get(0).reason()).isNotBlank();
    assertThat(decisions.get(0).rows()).isEqualTo(800);
    assertThat(new LocalArtifactStore(store).list("test")).isEmpty();
  }

  private List<ModelNotice> decisions(List<Decoded> rows, String retrain) throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            model: {store: %s, device: cpu}
            train: {hidden: 16, latent: 2, steps: 300, batch-size: 64, scoring-samples: 4}
            job: {parallelism: 1, checkpoint-dir: "%s"}
            %s
            """
                .formatted(store, store.resolve(".checkpoints").toUri(), retrain));
    StreamExecutionEnvironment env = CLUSTER.collecting(1);
    JobSettings.apply(env, config);
    String folder = store.toString();
    List<ModelNotice> decisions = new ArrayList<>();
    try (CloseableIterator<ModelNotice> notices =
        RetrainTopology.build(
                env.fromData(rows, TypeInformation.of(Decoded.class))
                    .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Decoded>forMonotonousTimestamps()
                            .withTimestampAssigner((row, none) -> row.eventTimeMillis())),
                config,
                () -> new LocalArtifactStore(Path.of(folder)))
            .executeAndCollect()) {
      notices.forEachRemaining(decisions::add);
    }
    return decisions;
  }

  private static List<Decoded> rows(int count, boolean unobserved) {
    CorrelatedSensors sensors = new CorrelatedSensors(5);
    List<Decoded> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] features = sensors.normal();
      if (unobserved) {
        Arrays.fill(features, Float.NaN);
      }
      rows.add(
          Decoded.of(
              new Observation(
                  "s" + i % 2, i * 1_000L, features, -1, new Place(0, i), i * 1_000L, null)));
    }
    return rows;
  }
}
