package io.nelbo.jobs.demo.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FeederTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private final FakeClock clock = new FakeClock();
  private final FakeSink sink = new FakeSink();
  private final FakeListener listener = new FakeListener();

  @Test
  void feedsTheReadingsAtTheBorderAndThenWaitsForTheDecision() throws Exception {
    int[] sentWhenAsked = {-1};
    Decisions decisions =
        () -> {
          sentWhenAsked[0] = sink.sent.size();
          return clock.seconds() >= 5 ? 1 : 0;
        };

    feeder(Double.POSITIVE_INFINITY, decisions, minute(3)).feed(ticks(10), () -> false);

    assertThat(sentWhenAsked[0]).as("minutes 0 to 3, the border's own among them").isEqualTo(4);
    assertThat(sink.sent).hasSize(10);
    assertThat(listener.events)
        .containsExactly(
            "fed 0",
            "fed 1",
            "fed 2",
            "fed 3",
            "waiting 3",
            "decided 3",
            "fed 4",
            "fed 5",
            "fed 6",
            "fed 7",
            "fed 8",
            "fed 9");
    assertThat(clock.seconds()).isGreaterThanOrEqualTo(5 + 1); // the decision and the settling
  }

  @Test
  void waitsAtEverySlideForItsOwnDecision() throws Exception {
    Decisions decisions = () -> (int) (clock.seconds() / 5);

    feeder(Double.POSITIVE_INFINITY, decisions, minute(3), minute(6)).feed(ticks(8), () -> false);

    assertThat(listener.events)
        .containsSubsequence("waiting 3", "decided 3", "fed 4", "waiting 6", "decided 6", "fed 7");
    assertThat(clock.seconds()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void passesTheOrderBoundBeforeItWaits() throws Exception {
    FeedPlan plan =
        new FeedPlan(
            Double.POSITIVE_INFINITY,
            List.of(minute(3)),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            Duration.ZERO);

    new Feeder(plan, sink, () -> 1, clock, listener).feed(ticks(8), () -> false);

    assertThat(listener.events).containsSubsequence("fed 5", "waiting 3", "decided 3", "fed 6");
  }

  @Test
  void givesUpWithAMessageWhenTrainingNeverAnswers() {
    Feeder feeder = feeder(Double.POSITIVE_INFINITY, () -> 0, minute(3));

    assertThatThrownBy(() -> feeder.feed(ticks(8), () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Training has not decided about the span that ended at 2026-01-05T00:03:00Z within"
                + " PT1M of wall time: look at the retrain job in the web UI, or give more time");
  }

  @Test
  void aFailedJobEndsTheWaitAtOnce() {
    Decisions decisions =
        () -> {
          throw new IllegalStateException("retrain failed: no space");
        };
    Feeder feeder = feeder(Double.POSITIVE_INFINITY, decisions, minute(3));

    assertThatThrownBy(() -> feeder.feed(ticks(8), () -> false))
        .hasMessage("retrain failed: no space");
  }

  @Test
  void keepsTheSpeedThatWasAsked() throws Exception {
    feeder(60, () -> 0).feed(ticks(31), () -> false);

    assertThat(clock.seconds()).isBetween(29.9, 30.1);
  }

  @Test
  void doesNotHurryToMakeUpForAWait() throws Exception {
    Decisions decisions = () -> clock.seconds() >= 20 ? 1 : 0;

    feeder(60, decisions, minute(3)).feed(ticks(14), () -> false);

    assertThat(clock.seconds()).isBetween(20 + 1 + 9 - 0.5, 20 + 1 + 10 + 0.5);
  }

  @Test
  void stopsWhenTold() throws Exception {
    feeder(60, () -> 0).feed(ticks(100), () -> sink.sent.size() >= 4);

    assertThat(sink.sent).hasSize(4);
    assertThat(sink.flushed).isTrue();
  }

  private Feeder feeder(double speed, Decisions decisions, Instant... borders) {
    FeedPlan plan =
        new FeedPlan(
            speed, List.of(borders), Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(1));
    return new Feeder(plan, sink, decisions, clock, listener);
  }

  private static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static Iterator<List<FeedRecord>> ticks(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> List.of(new FeedRecord("s", minute(i), new byte[] {(byte) i})))
        .iterator();
  }

  private static final class FakeClock implements FeedClock {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }

    double seconds() {
      return nanos / 1e9;
    }
  }

  private static final class FakeSink implements RecordSink {
    private final List<FeedRecord> sent = new ArrayList<>();
    private boolean flushed;

    @Override
    public void send(FeedRecord record) {
      sent.add(record);
      flushed = false;
    }

    @Override
    public void flush() {
      flushed = true;
    }
  }

  private static final class FakeListener implements FeedListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void fed(Instant time, int readings) {
      events.add("fed " + minutes(time));
    }

    @Override
    public void waiting(Instant border) {
      events.add("waiting " + minutes(border));
    }

    @Override
    public void decided(Instant border) {
      events.add("decided " + minutes(border));
    }

    private static long minutes(Instant time) {
      return Duration.between(START, time).toMinutes();
    }
  }
}
