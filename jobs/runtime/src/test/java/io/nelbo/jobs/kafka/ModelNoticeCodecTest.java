package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class ModelNoticeCodecTest {
  private static final ModelNotice REJECTED =
      new ModelNotice(
          7,
          "REJECTED",
          "pumps",
          "v000003",
          "file:/models/pumps/v000003/",
          "ab".repeat(32),
          Long.MAX_VALUE,
          1_000,
          2_000,
          500,
          12.5,
          "it is worse",
          "schedule",
          3_000);

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

  private ModelNotice onTheWire(ModelNotice notice) {
    return codec
        .read(new ConsumerRecord<>("models", 0, 7, new byte[0], codec.write(notice)))
        .orElseThrow();
  }
}
