package io.nelbo.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of all entries with effective_from <= t the one with the highest offset, whatever they say. */
final class TimelineTest {
  /** Of a topic that tells when a machine is being mended. */
  private record Mute(long offset, long from, String text) {}

  private final Timeline<Mute> timeline = new Timeline<>(Mute::offset, Mute::from);

  @Test
  void knowsNothingOfItsEntriesButPlaceAndTime() {
    timeline.add(new Mute(3, 100, "pump 1"));
    timeline.add(new Mute(7, 200, "none"));
    timeline.add(new Mute(9, 150, "pump 2")); // hides the second one altogether

    assertThat(timeline.governing(99)).isEmpty();
    assertThat(timeline.governing(149).map(Mute::text)).hasValue("pump 1");
    assertThat(timeline.governing(200).map(Mute::text)).hasValue("pump 2");
    assertThat(timeline.newest().map(Mute::text)).hasValue("pump 2");
  }

  @Test
  void handsOutTheVeryObjectThatItWasGivenFirst() {
    Mute first = new Mute(1, 0, "a");

    boolean again = timeline.add(first) && timeline.add(new Mute(1, 0, "another"));

    assertThat(again).isFalse();
    assertThat(timeline.governing(5).orElseThrow()).isSameAs(first);
  }

  @Test
  void saysFromWhenOnAnEntryStillHasASay() {
    Mute early = new Mute(1, 100, "early");
    Mute hidden = new Mute(2, 300, "hidden");
    Mute last = new Mute(3, 200, "last");
    timeline.add(early);
    timeline.add(hidden);
    timeline.add(last);

    assertThat(timeline.governsFrom(early, 199)).isTrue();
    assertThat(timeline.governsFrom(early, 200)).isFalse();
    assertThat(timeline.governsFrom(hidden, 0)).isFalse();
    assertThat(timeline.governsFrom(last, Long.MAX_VALUE)).isTrue();
  }

  @Test
  void afterClearingEvenRefusedOffsetsMayComeAgain() {
    Mute refused = new Mute(1, 0, "refused");
    timeline.add(refused);
    timeline.refuse(refused);

    timeline.clear();
    timeline.add(new Mute(1, 0, "of a topic made anew"));

    assertThat(timeline.governing(0).map(Mute::text)).hasValue("of a topic made anew");
  }

  @Test
  void arrivalsRepetitionsAndRefusalsInAnyOrderGiveWhatTheDefinitionSays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Timeline<Mute> shuffled = new Timeline<>(Mute::offset, Mute::from);
      List<Mute> entries = new ArrayList<>();
      for (int offset = 0; offset < 12; offset++) {
        entries.add(new Mute(offset, random.nextInt(60) - 30, "m" + offset));
      }
      Set<Mute> refused = new HashSet<>(entries.subList(0, random.nextInt(6)));
      List<Mute> arrivals = new ArrayList<>(entries);
      arrivals.addAll(entries.subList(3, 9));
      Collections.shuffle(arrivals, random);
      for (Mute arrival : arrivals) {
        shuffled.add(arrival);
        shuffled.governing(random.nextInt(60) - 30); // an answer that is kept must not go stale
        if (refused.contains(arrival)) {
          shuffled.refuse(arrival);
        }
      }

      for (long time = -31; time <= 31; time++) {
        assertThat(shuffled.governing(time))
            .as("seed %s, round %s, time %s", seed, round, time)
            .isEqualTo(byDefinition(entries, refused, time))
            .isEqualTo(shuffled.governing(time, any -> true));
      }
    }
  }

  private static Optional<Mute> byDefinition(List<Mute> entries, Set<Mute> refused, long time) {
    return entries.stream()
        .filter(entry -> !refused.contains(entry) && entry.from() <= time)
        .max(Comparator.comparingLong(Mute::offset));
  }
}
