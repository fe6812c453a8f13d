package io.nelbo.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.testing.LogLines;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

final class SplitDecodedTest {
  @Test
  void warnsOfATotalLossWithinSeconds() throws Exception {
    LogLines log = LogLines.fromNowOn();
    try (OneInputStreamOperatorTestHarness<Decoded, Observation> split =
        ProcessFunctionTestHarnesses.forProcessFunction(new SplitDecoded())) {
      for (int i = 0; i < 30_000; i++) {
        split.processElement(
            Decoded.malformed(
                "NO_TIME",
                "event time is missing",
                "pumps",
                new Place(0, i),
                0,
                new Original(null, null)),
            0);
      }

      split.setProcessingTime(10_000);

      assertThat(split.getOutput()).isEmpty();
      assertThat(split.getSideOutput(SplitDecoded.REJECTED)).hasSize(30_000);
    }
    assertThat(log.lines())
        .contains(
            "every record since the last line was refused, 30,000 of 30,000: NO_TIME 30,000 (such"
                + " as pumps-0@0); the first at pumps-0@0: event time is missing");
  }
}
