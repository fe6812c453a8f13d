package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ModelNotice.Span;
import io.nelbo.jobs.stream.ModelNotice.Why;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class ModelNoticeCodecTest {
  private static final ModelNotice REJECTED =
      NewNotice.rejection(
              new PublishedArtifact(
                  "pumps", "v000003", "file:/models/pumps/v000003/", "ab".repeat(32)),
              new Span(1_000, 2_000, 500),
              12.5,
              Why.of(ModelTrigger.SCHEDULE, "it is worse; in parts", "few rows"),
              3_000)
          .withOffset(7);

  private final ModelNoticeCodec codec = new ModelNoticeCodec();

  @Test
  void whatTheGateComparedSurvivesTheWire() {
    ModelNotice judged =
        REJECTED.comparedWith("v000002", 11.5, Map.of("power", 0.9, "alarm_rate", 0.001));

    assertThat(onTheWire(judged)).isEqualTo(judged);
  }

  @Test
  void aDecisionThatComparedNothingSurvivesItToo() {
    assertThat(onTheWire(REJECTED)).isEqualTo(REJECTED);
  }

  @Test
  void whatWaitsForAPersonSaysSoInAFieldAndNotInItsWords() {
    ModelNotice held = REJECTED.held();

    assertThat(onTheWire(held)).isEqualTo(held).matches(ModelNotice::isWaiting);
  }

  @Test
  void everyFlagHasAFieldOfItsOwn() {
    Why why = new Why(ModelTrigger.DRIFT, true, true, "v000002", List.of("a", "b"));
    ModelNotice skipped =
        NewNotice.withoutVersion(
                ModelEventKind.SKIPPED, "pumps", new Span(1_000, 2_000, 5), why, 3_000)
            .withOffset(7);

    assertThat(onTheWire(skipped)).isEqualTo(skipped);
  }

  @Test
  void wordsOfVersionThreeAreNeverUnderstoodAsFacts() {
    Why why =
        Why.of(
            ModelTrigger.SCHEDULE,
            "retrain.gate is manual: no",
            "REGIME_CHANGE: no",
            "provisional: no",
            "in shadow: no");
    ModelNotice talkative =
        NewNotice.rejection(REJECTED.artifact(), REJECTED.span(), 12.5, why, 3_000).withOffset(7);

    assertThat(onTheWire(talkative)).isEqualTo(talkative).matches(read -> !read.isWaiting());
  }

  private ModelNotice onTheWire(ModelNotice notice) {
    return codec
        .read(new ConsumerRecord<>("models", 0, 7, new byte[0], codec.write(notice)))
        .orElseThrow();
  }
}
