package io.nelbo.jobs.retrain.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.retrain.SampledSegment;
import io.nelbo.jobs.retrain.SegmentKey;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.learn.Slides;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SegmentSampleTest {
  private static final Slides SLIDES = new Slides(1_000, 2);
  private static final SampleShape SHAPE = new SampleShape(1, 10, 1_000, 100, false, 1);

  @Test
  void keepsEveryRecordWhileThereIsRoomAndJoinsWhatFollows() {
    SegmentSample sample = sample(1_000);
    for (int time = 30; time < 1_500; time += 10) {
      sample.add(row("a", time));
    }

    List<Segment> joined = SegmentJoin.between(sample.segments(), 0, 1_500);

    assertThat(sample.segments()).hasSize(15); // ten records each, cut again where a bucket ends
    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).records()).isEqualTo(147);
    assertThat(joined.get(0).values()[146]).isEqualTo(1_490f);
  }

  @Test
  void recordsOfOneTimeAreDifferentOnesWhereTimesAreShared() {
    SegmentSample shared = new SegmentSample(SLIDES, new SampleShape(1, 10, 1_000, 100, true, 1));
    SegmentSample own = sample(1_000);
    for (int record = 0; record < 30; record++) {
      assertThat(shared.add(row("a", record / 25))).isTrue();
      own.add(row("a", record / 25));
    }

    List<Segment> joined = SegmentJoin.between(shared.segments(), 0, 1_000);

    assertThat(own.rows()).isEqualTo(2);
    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).records()).isEqualTo(30);
  }

  @Test
  void takesThePartOfAnEventTimeOnly() {
    SegmentSample sample = sample(1_000);
    for (int time = 0; time < 1_500; time += 10) {
      sample.add(row("a", time));
    }

    List<Segment> joined = SegmentJoin.between(sample.segments(), 95, 1_205);

    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).eventTimeMillis()[0]).isEqualTo(100);
    assertThat(joined.get(0).records()).isEqualTo(111);
  }

  @Test
  void whatIsKeptDoesNotDependOnTheOrderOfArrivalAcrossSeries() {
    List<String> arrivals = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      arrivals.add("s" + i % 9 % 5); // four series send twice as much as the fifth
    }

    List<String> once = kept(arrivals, 1);

    for (int seed = 2; seed < 8; seed++) {
      assertThat(kept(arrivals, seed)).as("seed %s", seed).isEqualTo(once);
    }
    assertThat(once).isNotEmpty();
  }

  /** Names and starts of what is kept; each series' own records stay in order. */
  private static List<String> kept(List<String> arrivals, long seed) {
    List<String> shuffled = new ArrayList<>(arrivals);
    Collections.shuffle(shuffled, new Random(seed));
    SegmentSample sample = sample(200);
    int[] next = new int[5];
    for (String series : shuffled) {
      int number = next[series.charAt(1) - '0']++;
      sample.add(row(series, number));
    }
    assertThat(sample.rows()).isLessThanOrEqualTo(200);
    return sample.segments().stream()
        .map(segment -> segment.series() + "@" + segment.startMillis() + ":" + segment.size())
        .toList();
  }

  @Test
  void aChattySeriesGivesWayToAQuietOne() {
    SegmentSample sample = sample(100);
    for (int time = 0; time < 900; time++) {
      sample.add(row("chatty", time));
    }
    for (int time = 0; time < 40; time++) {
      sample.add(row("quiet", time));
    }

    long quiet =
        sample.segments().stream()
            .filter(segment -> segment.series().equals("quiet"))
            .mapToLong(GrowingSegment::size)
            .sum();

    assertThat(quiet).isEqualTo(40);
    assertThat(sample.rows()).isBetween(90, 100);
  }

  @Test
  void segmentsAroundADroppedOneAreNotJoined() {
    SegmentSample sample = sample(60);
    for (int time = 0; time < 900; time++) {
      sample.add(row("a", time));
    }

    List<Segment> joined = SegmentJoin.between(sample.segments(), 0, 1_000);

    for (Segment segment : joined) {
      long[] times = segment.eventTimeMillis();
      assertThat(times[times.length - 1] - times[0]).isEqualTo(times.length - 1L);
    }
    assertThat(joined.size()).isGreaterThan(1);
  }

  @Test
  void aLabelledAnomalyAndAGapEndASegment() {
    SegmentSample sample = sample(1_000);
    sample.add(row("a", 1));
    sample.add(new Observation("a", 2, new float[] {9}, 1, new Place(0, 2), 2, null));
    sample.add(row("a", 3));
    sample.add(row("a", 4));
    sample.add(row("a", 700));

    List<Segment> joined = SegmentJoin.between(sample.segments(), 0, 1_000);

    assertThat(joined).extracting(Segment::records).containsExactly(1, 2, 1);
  }

  @Test
  void aRecordOutOfOrderFindsItsPlaceAndARepeatedTimeIsPassedOver() {
    SegmentSample sample = sample(1_000);
    sample.add(row("a", 1));
    sample.add(row("a", 5));
    sample.add(row("a", 3));
    sample.add(row("a", 5));

    List<Segment> joined = SegmentJoin.between(sample.segments(), 0, 1_000);

    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).eventTimeMillis()).containsExactly(1, 3, 5);
    assertThat(joined.get(0).values()).containsExactly(1, 3, 5);
  }

  @Test
  void aRecordOfAClosedBucketIsTooLate() {
    SegmentSample sample = sample(1_000);
    sample.closeBefore(2);

    boolean tooLate = sample.add(row("a", 1_999));
    boolean inTime = sample.add(row("a", 2_000));

    assertThat(sample.buckets()).containsExactly(2L);
    assertThat(tooLate).isFalse();
    assertThat(inTime).isTrue();
  }

  @Test
  void saysOfEachRecordWhetherItIsPassedOver() {
    SegmentSample sample = sample(1_000);
    for (int time = 10; time <= 120; time += 10) {
      sample.add(row("a", time)); // a segment of ten, and two more
    }

    assertThat(sample.add(row("a", 120))).as("a time that is there").isFalse();
    assertThat(sample.add(row("a", 55))).as("its segment is closed").isFalse();
    assertThat(sample.add(row("a", 115))).as("its segment is open").isTrue();
    assertThat(sample.add(new Observation("a", 130, new float[] {9}, 1, new Place(0, 2), 2, null)))
        .as("a labelled anomaly is seen to")
        .isTrue();
  }

  @Test
  void segmentsOfLongerSlidesAreCutAtTheShorterOnesAndFollowEachOther() {
    SegmentSample before = new SegmentSample(new Slides(3_000, 2), SHAPE);
    for (int time = 0; time < 5_500; time += 30) {
      before.add(row("a", time));
    }
    SegmentSample after = restored(before, SLIDES);
    after.add(row("a", 5_520));

    List<Segment> joined = SegmentJoin.between(after.segments(), 0, 6_000);

    assertThat(after.buckets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).records()).isEqualTo(before.rows() + 1);
    assertThat(after.segments())
        .allMatch(segment -> segment.bucket() == SLIDES.bucketOf(segment.startMillis()))
        .allMatch(segment -> segment.bucket() == SLIDES.bucketOf(segment.lastMillis()));
  }

  @Test
  void segmentsOfShorterSlidesComeTogetherInTheLongerOnes() {
    SegmentSample before = new SegmentSample(SLIDES, SHAPE);
    for (int time = 0; time < 5_500; time += 30) {
      before.add(row("a", time));
    }

    SegmentSample after = restored(before, new Slides(3_000, 2));

    assertThat(after.buckets()).containsExactly(0L, 1L);
    assertThat(after.rows()).isEqualTo(before.rows());
    assertThat(SegmentJoin.between(after.segments(), 0, 6_000)).hasSize(1);
  }

  @Test
  void theStateHoldsOnlyTheNewBucketsAfterAChangeOfTheSlides() {
    SegmentSample before = new SegmentSample(new Slides(3_000, 2), SHAPE);
    for (int time = 0; time < 5_500; time += 30) {
      before.add(row("a", time));
    }
    List<SampledSegment> old = before.takeClosed();
    SegmentSample after = sample(1_000);
    old.forEach(after::restore);
    before.cursors().forEach(after::restore);

    List<SegmentKey> removed = after.takeRemoved();
    List<SampledSegment> written = after.takeClosed();

    assertThat(removed).containsAll(keysOfOtherBuckets(old));
    SegmentSample again = sample(1_000);
    old.stream().filter(segment -> !removed.contains(segment.key())).forEach(again::restore);
    written.forEach(again::restore);
    after.cursors().forEach(again::restore);
    assertThat(names(again)).isEqualTo(names(after));
  }

  private static List<SegmentKey> keysOfOtherBuckets(List<SampledSegment> segments) {
    return segments.stream()
        .filter(segment -> !segment.isIn(SLIDES))
        .map(SampledSegment::key)
        .toList();
  }

  private static SegmentSample restored(SegmentSample from, Slides slides) {
    SegmentSample restored = new SegmentSample(slides, SHAPE);
    from.takeClosed().forEach(restored::restore);
    from.cursors().forEach(restored::restore);
    return restored;
  }

  @Test
  void forgetsOldBucketsAndTellsTheirNames() {
    SegmentSample sample = sample(1_000);
    sample.add(row("a", 1));
    sample.add(row("a", 1_001));
    List<SegmentKey> before = sample.takeRemoved();

    sample.forgetBefore(1);

    assertThat(before).isEmpty();
    assertThat(sample.buckets()).containsExactly(1L);
    assertThat(sample.takeRemoved()).containsExactly(new SegmentKey(0, "a", 1));
  }

  @Test
  void goesOnAfterARestartAsIfThereHadBeenNone() {
    SegmentSample unbroken = sample(60);
    SegmentSample first = sample(60);
    for (int time = 0; time < 475; time++) {
      unbroken.add(row("a", time));
      first.add(row("a", time));
    }
    SegmentSample restored = sample(60);
    first.takeClosed().forEach(restored::restore);
    first.cursors().forEach(restored::restore);
    for (int time = 475; time < 990; time++) {
      unbroken.add(row("a", time));
      restored.add(row("a", time));
    }

    assertThat(names(restored)).isEqualTo(names(unbroken));
    assertThat(restored.rows()).isEqualTo(unbroken.rows());
  }

  private static List<String> names(SegmentSample sample) {
    return sample.segments().stream()
        .map(segment -> segment.firstOrdinal() + "@" + segment.startMillis() + segment.size())
        .toList();
  }

  /** Segments of ten records, gaps of more than a hundred milliseconds. */
  private static SegmentSample sample(int bucketRows) {
    return new SegmentSample(SLIDES, new SampleShape(1, 10, bucketRows, 100, false, 1));
  }

  private static Observation row(String series, long time) {
    return new Observation(series, time, new float[] {time}, -1, new Place(0, time), time, null);
  }
}
