package io.nelbo.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.TestDecisions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ModelTimelineTest {
  private final ModelTimeline timeline = new ModelTimeline();

  @Test
  void theHighestOffsetAmongThoseInForceGoverns() {
    timeline.add(activation(0, "v000001", 100));
    timeline.add(activation(1, "v000002", 200));
    timeline.add(activation(2, "v000003", 150)); // hides the second one altogether

    assertThat(governing(99)).isEmpty();
    assertThat(governing(100)).hasValue("v000001");
    assertThat(governing(149)).hasValue("v000001");
    assertThat(governing(150)).hasValue("v000003");
    assertThat(governing(1_000)).hasValue("v000003");
  }

  @Test
  void whatIsNoActivationGovernsNothing() {
    timeline.add(TestDecisions.rejected("v000001", 0));
    timeline.add(TestDecisions.skipped(1));

    assertThat(governing(200)).isEmpty();
  }

  @Test
  void aRefusedActivationLeavesTheIncumbentInForce() {
    ModelNotice bad = activation(1, "v000002", 200);
    timeline.add(activation(0, "v000001", 100));
    timeline.add(bad);

    timeline.refuse(bad);

    assertThat(governing(300)).hasValue("v000001");
  }

  @Test
  void aStandInIsTheBestThatPassesTheTest() {
    timeline.add(activation(0, "v000001", 100));
    timeline.add(activation(1, "v000002", 150));
    timeline.add(activation(2, "v000003", 200));

    Optional<ModelNotice> standIn = timeline.governing(250, notice -> notice.offset() < 2);

    assertThat(standIn.map(ModelNotice::version)).hasValue("v000002");
  }

  @Test
  void orderAndRepetitionOfArrivalDoNotMatter() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<ModelNotice> events = new ArrayList<>();
      for (int offset = 0; offset < 12; offset++) {
        events.add(activation(offset, "v%06d".formatted(offset), random.nextInt(100)));
      }
      ModelTimeline shuffled = new ModelTimeline();
      List<ModelNotice> arrivals = new ArrayList<>(events);
      arrivals.addAll(events.subList(3, 9));
      Collections.shuffle(arrivals, random);
      arrivals.forEach(shuffled::add);

      for (long time = -1; time <= 101; time++) {
        assertThat(shuffled.governing(time))
            .as("seed %s, round %s, time %s", seed, round, time)
            .isEqualTo(byDefinition(events, time));
      }
    }
  }

  private static Optional<ModelNotice> byDefinition(List<ModelNotice> events, long time) {
    return events.stream()
        .filter(event -> event.effectiveFromMillis() <= time)
        .max(Comparator.comparingLong(ModelNotice::offset));
  }

  private Optional<String> governing(long time) {
    return timeline.governing(time).map(ModelNotice::version);
  }

  private static ModelNotice activation(long offset, String version, long effectiveFrom) {
    return TestDecisions.activated(version, offset, effectiveFrom);
  }
}
