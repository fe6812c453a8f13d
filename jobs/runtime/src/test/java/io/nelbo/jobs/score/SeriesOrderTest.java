package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.window.SlidingWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order and timers alone: no operator, no window, no model. */
final class SeriesOrderTest {
  private static final long FORGET_AFTER = 10_000;

  private final CountedState state = new CountedState();
  private final Map<String, SeriesState> series = new HashMap<>();
  private final Map<String, TreeSet<Long>> timers = new HashMap<>();
  private final List<Observation> released = new ArrayList<>();
  private final List<Observation> late = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;
  private int idleFlushes;
  private long nextOffset;
  private String atHand = "";
  private SeriesOrder order = order(10);

  @Test
  void aRecordIsReleasedOnceItsSeriesHasComeThatMuchFurther() throws Exception {
    send("x", 10, 5, 19);
    assertThat(times("x")).containsExactly(5L);

    send("x", 20);

    assertThat(times("x")).containsExactly(5L, 10L);
    assertThat(late).isEmpty();
  }

  @Test
  void oneSeriesNeverReleasesAnother() throws Exception {
    send("x", 10);
    send("y", 1_000);
    send("x", 20);

    assertThat(times("x")).containsExactly(10L);
    assertThat(times("y")).isEmpty();
  }

  @Test
  void ofTwoRecordsOfOneTimeTheOneThatLayFirstIsReleasedAndTheOtherIsLate() throws Exception {
    Observation first = record("x", 10, 0, 4);
    Observation behind = record("x", 10, 0, 5);
    Observation elsewhere = record("x", 10, 1, 3);

    arrive(behind);
    arrive(elsewhere);
    arrive(first);
    send("x", 20);

    assertThat(released).containsExactly(first);
    assertThat(late).containsExactlyInAnyOrder(behind, elsewhere);
  }

  @Test
  void whereTimesAreKafkasRecordsOfOneMillisecondAreDifferentOnes() throws Exception {
    order = order(0, true);

    send("x", 10, 10, 11, 10, 11);

    assertThat(times("x")).containsExactly(10L, 10L, 11L, 11L);
    assertThat(late).extracting(Observation::eventTimeMillis).containsExactly(10L);
  }

  @Test
  void silenceReleasesWhatWaitsAndLongerSilenceForgetsTheSeries() throws Exception {
    send("x", 100, 95);

    watermark(109);
    assertThat(times("x")).isEmpty();
    watermark(110);

    assertThat(times("x")).containsExactly(95L, 100L);
    assertThat(idleFlushes).isEqualTo(1);
    watermark(100 + FORGET_AFTER - 1);
    assertThat(forgotten).isEmpty();
    watermark(100 + FORGET_AFTER);
    assertThat(forgotten).containsExactly("x");
    assertThat(pendingTimers()).isZero();
  }

  @Test
  void whatWaitedUnderABoundThatIsNoMoreComesLateOnlyIfALaterRecordWasReleased() throws Exception {
    send("x", 10, 25);
    order = order(0);
    send("x", 20);

    watermark(25);

    assertThat(times("x")).containsExactly(10L, 20L, 25L);
    assertThat(late).isEmpty();
    send("x", 24);
    assertThat(late).extracting(Observation::eventTimeMillis).containsExactly(24L);
  }

  @Test
  void whatAnEarlierVersionKeptAsAListIsReleasedWithTheRest() throws Exception {
    Observation twin = record("x", 15, 0, 90);
    state.key("x");
    state
        .list()
        .addAll(
            Stream.of(record("x", 20), record("x", 15), twin, record("x", -18))
                .map(Observed::of)
                .toList());
    series.put("x", restored(20, -18, 30));
    timers.put("x", new TreeSet<>(List.of(30L)));

    send("x", 17, 28);

    assertThat(times("x")).containsExactly(-18L, 15L, 17L);
    assertThat(late).containsExactly(twin);
    watermark(38);
    assertThat(times("x")).containsExactly(-18L, 15L, 17L, 20L, 28L);
    assertThat(state.kept()).isZero();
  }

  @Test
  void aListOfAnEarlierVersionIsReleasedByTheTimerAlone() throws Exception {
    state.key("x");
    state.list().addAll(Stream.of(record("x", 20), record("x", 15)).map(Observed::of).toList());
    series.put("x", restored(20, 15, 30));
    timers.put("x", new TreeSet<>(List.of(30L)));

    watermark(30);

    assertThat(times("x")).containsExactly(15L, 20L);
    assertThat(state.kept()).isZero();
  }

  @Test
  void whatWaitsIsFoundAgainInTheStateAfterARestart() throws Exception {
    send("x", 10, 4, -3);
    order = order(10); // its memory is empty

    send("x", 7);
    watermark(30);

    assertThat(times("x")).containsExactly(-3L, 4L, 7L, 10L);
    assertThat(state.kept()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 20_000})
  void aRecordCostsTheSameWhateverWaitsBesideIt(int waiting) throws Exception {
    order = order(waiting);
    for (int time = 0; time < waiting; time++) {
      send("x", time);
    }
    assertThat(released).isEmpty();
    int puts = state.puts();
    int removals = state.removals();
    int reads = state.reads();
    int scans = state.scans();

    for (int time = waiting; time < waiting + 100; time++) {
      send("x", time);
    }

    assertThat(released).hasSize(100);
    assertThat(state.puts() - puts).isEqualTo(100);
    assertThat(state.removals() - removals).isEqualTo(100);
    assertThat(state.reads() - reads).isEqualTo(100);
    assertThat(state.scans() - scans).isZero();
  }

  @Test
  void aRecordThatComesOutOfOrderCostsNoMore() throws Exception {
    order = order(2_000);
    for (int time = 2_000; time > 0; time--) {
      send("x", time);
    }
    int puts = state.puts();

    send("x", 3_000);

    assertThat(puts).isEqualTo(2_000);
    assertThat(state.puts() - puts).isEqualTo(1);
    assertThat(state.removals()).isEqualTo(1_000);
    assertThat(state.reads()).isEqualTo(1_000);
  }

  @Test
  void withoutABoundNothingIsEverPutAside() throws Exception {
    order = order(0);

    send("x", 1, 2, 3, 2);

    assertThat(times("x")).containsExactly(1L, 2L, 3L);
    assertThat(state.puts() + state.reads() + state.removals() + state.scans()).isZero();
  }

  @Test
  void atMostOneTimerOfASeriesIsPending() throws Exception {
    for (int time = 0; time < 300; time++) {
      send("x", time);
      assertThat(pendingTimers()).isEqualTo(1);
    }
  }

  @Test
  void whateverTheArrivalEachRecordIsReleasedInOrderOrLateAsTheDefinitionSays() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      clear();
      int bound = random.nextInt(20);
      order = order(bound);
      Map<String, Long> released = new HashMap<>();
      Map<String, Long> newest = new HashMap<>();
      Map<String, List<Observation>> waiting = new TreeMap<>();
      Set<Observation> expectedLate = new HashSet<>();
      List<Observation> expected = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String name = "s" + random.nextInt(3);
        Observation record =
            record(name, i / 2 + random.nextInt(30) - 15, random.nextInt(2), random.nextInt(1_000));
        arrive(record);
        if (random.nextInt(50) == 0) {
          order = order(bound); // a restart
        }
        // By the definition, all that waits looked through every time.
        List<Observation> rest = waiting.computeIfAbsent(name, none -> new ArrayList<>());
        if (record.eventTimeMillis() <= released.getOrDefault(name, Long.MIN_VALUE)) {
          expectedLate.add(record);
          continue;
        }
        rest.add(record);
        newest.merge(name, record.eventTimeMillis(), Math::max);
        rest.sort(
            Comparator.comparingLong(Observation::eventTimeMillis)
                .thenComparingInt(Observation::partition)
                .thenComparingLong(Observation::offset));
        while (!rest.isEmpty()
            && rest.get(0).eventTimeMillis() <= newest.getOrDefault(name, Long.MIN_VALUE) - bound) {
          Observation next = rest.remove(0);
          if (next.eventTimeMillis() <= released.getOrDefault(name, Long.MIN_VALUE)) {
            expectedLate.add(next);
          } else {
            released.put(name, next.eventTimeMillis());
            expected.add(next);
          }
        }
      }

      assertThat(this.released).as("seed %s, round %s", seed, round).isEqualTo(expected);
      assertThat(new HashSet<>(late))
          .as("seed %s, round %s", seed, round)
          .containsAll(expectedLate);
    }
  }

  private SeriesOrder order(long bound) {
    return order(bound, false);
  }

  private SeriesOrder order(long bound, boolean sharesTimes) {
    return new SeriesOrder(
        bound,
        sharesTimes,
        FORGET_AFTER,
        new WaitingRecords(state.mapState(), state.listState(), late::add),
        new SeriesOrder.Timers() {
          @Override
          public void register(long eventTimeMillis) {
            timers.computeIfAbsent(atHand, none -> new TreeSet<>()).add(eventTimeMillis);
          }

          @Override
          public void delete(long eventTimeMillis) {
            timers.getOrDefault(atHand, new TreeSet<>()).remove(eventTimeMillis);
          }
        },
        new SeriesOrder.Outlet() {
          @Override
          public void release(Observation record, SeriesState ofSeries) {
            released.add(record);
          }

          @Override
          public void late(Observation record) {
            late.add(record);
          }

          @Override
          public void idleFlush() {
            idleFlushes++;
          }
        });
  }

  private void send(String name, long... times) throws Exception {
    for (long time : times) {
      arrive(record(name, time));
    }
  }

  private void arrive(Observation record) throws Exception {
    at(record.series());
    SeriesState known =
        series.computeIfAbsent(record.series(), none -> new SeriesState(new SlidingWindow(1, 1)));
    order.arrive(record, known, watermark);
  }

  /** As Flink does: fires what is due, earliest first. */
  private void watermark(long millis) throws Exception {
    watermark = millis;
    for (String name : Set.copyOf(timers.keySet())) {
      TreeSet<Long> ofSeries = timers.getOrDefault(name, new TreeSet<>());
      while (!ofSeries.isEmpty() && ofSeries.first() <= millis) {
        long due = ofSeries.pollFirst();
        at(name);
        SeriesState known = series.get(name);
        if (known != null && SeriesOrder.isPending(due, known) && order.wake(name, known)) {
          series.remove(name);
          forgotten.add(name);
        }
      }
    }
  }

  private void at(String name) {
    atHand = name;
    state.key(name);
  }

  private void clear() {
    timers.clear();
    for (String name : Set.copyOf(series.keySet())) {
      state.key(name);
      state.mapState().clear();
    }
    series.clear();
    released.clear();
    late.clear();
  }

  private static SeriesState restored(long newest, long oldestWaiting, long timer) {
    SeriesState known = new SeriesState(new SlidingWindow(1, 1));
    known.newestMillis = newest;
    known.silentSinceMillis = newest;
    known.oldestWaitingMillis = oldestWaiting;
    known.timerMillis = timer;
    return known;
  }

  private int pendingTimers() {
    return timers.values().stream().mapToInt(Set::size).sum();
  }

  private List<Long> times(String name) {
    return released.stream()
        .filter(record -> record.series().equals(name))
        .map(Observation::eventTimeMillis)
        .toList();
  }

  private Observation record(String name, long time) {
    return record(name, time, 0, nextOffset++);
  }

  private static Observation record(String name, long time, int partition, long offset) {
    return new Observation(
        name, time, new float[] {1}, -1, new Place(partition, offset), time, null);
  }
}
