package io.nelbo.jobs.retrain.due;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.retrain.RetrainProgress;
import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.sample.GrowingSegment;
import io.nelbo.jobs.retrain.sample.SampleShape;
import io.nelbo.jobs.retrain.sample.SegmentJoin;
import io.nelbo.jobs.retrain.sample.SegmentSample;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.learn.DriftWatch;
import io.nelbo.model.learn.Slides;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import io.nelbo.schemas.ModelTrigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The sample of the stream, and which spans of it are due: the first as soon as there are enough
 * records, then one at the end of each slide. Pure.
 */
public final class Spans {
  private final RecordShape record;
  private final int minRows;
  private final Slides slides;
  private final int mostRows;
  private final SegmentSample sample;
  private final SlideSchedule schedule;
  private long watermarkMillis;
  private long firstFromMillis;
  private long changedBucket;
  private boolean ended;
  private OptionalLong inUseFrom = OptionalLong.empty();
  private OptionalLong heldFrom = OptionalLong.empty();

  /**
   * @param restored of slides of any length
   */
  public Spans(NelboConfig config, RetrainProgress restored) {
    record = config.shape();
    minRows = config.retrain().minRows();
    slides = config.retrain().slides();
    RetrainProgress progress = restored.in(slides);
    SampleShape shape = SampleShape.of(config);
    mostRows =
        (int) Math.min(Integer.MAX_VALUE, shape.bucketRows() * config.retrain().slidesHeld());
    sample = new SegmentSample(slides, shape);
    schedule = new SlideSchedule(progress.decidedBucket());
    firstFromMillis = progress.firstFromMillis();
    changedBucket = progress.changedBucket();
    watermarkMillis = progress.watermarkMillis();
    if (watermarkMillis > Long.MIN_VALUE) {
      sample.closeBefore(slides.firstOpen(watermarkMillis));
    }
  }

  public SegmentSample sample() {
    return sample;
  }

  public RetrainProgress progress(long newestMillis) {
    return new RetrainProgress(
        newestMillis,
        watermarkMillis,
        schedule.decided(),
        firstFromMillis,
        changedBucket,
        slides.slideMillis());
  }

  /** Event time has come so far. The end of a bounded stream is not the end of a slide. */
  public void reached(long newWatermarkMillis) {
    if (newWatermarkMillis < Long.MAX_VALUE) {
      watermarkMillis = Math.max(watermarkMillis, newWatermarkMillis);
      long firstOpen = slides.firstOpen(watermarkMillis);
      sample.closeBefore(firstOpen);
      schedule.reached(firstOpen, sample.buckets());
    } else {
      ended = true;
    }
  }

  /**
   * The next event time, up to this one, at which something may become due: no later than the end
   * of a piece that drift is looked for in. Empty when there is none.
   */
  public OptionalLong nextStep(long untilMillis) {
    if (watermarkMillis >= untilMillis || sample.rows() == 0) {
      return OptionalLong.empty();
    }
    long from =
        watermarkMillis == Long.MIN_VALUE
            ? slides.endOf(sample.buckets().get(0) - 1)
            : watermarkMillis + 1;
    long piece = DriftWatch.pieceMillis(slides);
    return OptionalLong.of(Math.min(untilMillis, (Math.floorDiv(from, piece) + 1) * piece - 1));
  }

  /** The first records that are enough, once none of that time or before is still to come. */
  public Optional<TrainingOrder> first(Optional<ModelNotice> ownLast) {
    if (sample.rows() < minRows) {
      return Optional.empty();
    }
    List<GrowingSegment> segments = sample.segments();
    long last = SegmentJoin.timeOfRecord(segments, firstFromMillis, minRows);
    if (last == Long.MAX_VALUE || (!ended && last > watermarkMillis)) {
      return Optional.empty();
    }
    List<Segment> rows = SegmentJoin.between(segments, firstFromMillis, last + 1);
    long start = rows.stream().mapToLong(row -> row.eventTimeMillis()[0]).min().orElseThrow();
    return Optional.of(
        new SlideSpan(record, rows, start, last + 1)
            .order(TrainingOrder.FIRST, changedBucket, ownLast));
  }

  public boolean isSlideDue() {
    return schedule.isWaiting();
  }

  public List<SlideSpan> takeOvertaken() {
    List<SlideSpan> overtaken = new ArrayList<>();
    schedule.takeOvertaken().forEach(bucket -> overtaken.add(span(bucket)));
    return overtaken;
  }

  public SlideSpan takeNewest() {
    return span(schedule.takeNewest().orElseThrow());
  }

  public TrainingOrder order(SlideSpan slide, ModelTrigger trigger, Optional<ModelNotice> ownLast) {
    return slide.order(trigger, changedBucket, ownLast);
  }

  /** The sampled records of an event time. */
  public SlideSpan between(long startMillis, long endMillis) {
    List<GrowingSegment> segments =
        startMillis >= endMillis
            ? List.of()
            : sample.segments(slides.bucketOf(startMillis), slides.bucketOf(endMillis - 1));
    return new SlideSpan(
        record, SegmentJoin.between(segments, startMillis, endMillis), startMillis, endMillis);
  }

  /** The span that ends between two slides. */
  public SlideSpan endingAt(long endMillis) {
    return between(slides.spanStart(slides.bucketOf(endMillis - 1)), endMillis);
  }

  public long watermarkMillis() {
    return watermarkMillis;
  }

  private SlideSpan span(long bucket) {
    return between(slides.spanStart(bucket), slides.endOf(bucket));
  }

  /** All records that are kept. */
  public SlideSpan all() {
    List<Segment> rows = SegmentJoin.between(sample.segments(), Long.MIN_VALUE, Long.MAX_VALUE);
    long[] times =
        rows.stream().flatMapToLong(row -> Arrays.stream(row.eventTimeMillis())).sorted().toArray();
    return new SlideSpan(record, rows, times[0], times[times.length - 1] + 1);
  }

  /** What the candidate in shadow was trained on is kept, to compare what comes with. */
  public void holdFor(Optional<ShadowCandidate> candidate) {
    heldFrom =
        candidate.stream()
            .mapToLong(inShadow -> endingAt(inShadow.fromMillis()).startMillis())
            .findFirst();
  }

  /** Records from this time on are kept until they are released: a restart may need them again. */
  public void inUse(long startMillis) {
    inUseFrom = OptionalLong.of(startMillis);
  }

  /** Nothing is under way with any records. */
  public void released() {
    inUseFrom = OptionalLong.empty();
  }

  /** The order has its decision; a first model that did not come is made of later records. */
  public void decided(TrainingOrder order) {
    released();
    if (order.isFirst()) {
      firstFromMillis = order.span().endMillis();
    }
    if (order.isSchedule()) {
      decided(order.span().endMillis());
    }
  }

  /** Whether a candidate for the first model waits for a person. */
  public boolean isLeftToSlides() {
    return firstFromMillis == Long.MAX_VALUE;
  }

  /** There is a first candidate: from now on the ends of slides order all others. */
  public void leaveToSlides() {
    firstFromMillis = Long.MAX_VALUE;
  }

  /**
   * In this bucket most series had changed; MIN_VALUE for none. Whether they did so to its end is
   * not known where the order's records end before it.
   */
  public void changed(long bucket, TrainingOrder order) {
    if (bucket > changedBucket && slides.endOf(bucket) <= order.span().endMillis()) {
      changedBucket = bucket;
    }
  }

  /** The slide that ends here has its decision. */
  public void decided(long endMillis) {
    released();
    schedule.decided(slides.bucketOf(endMillis - 1));
  }

  /** Whether there has never been a decision. */
  public boolean isNothingDecided() {
    return schedule.decided() == Long.MIN_VALUE && firstFromMillis == Long.MIN_VALUE;
  }

  /**
   * Lets go of what no decision can need: records older than a span, and before the first model
   * those that a failed one was made of.
   */
  public void forget(boolean governed) {
    if (watermarkMillis == Long.MIN_VALUE) {
      return;
    }
    long needed =
        governed
            ? slides.firstOfSpan(slides.firstOpen(watermarkMillis))
            : firstFromMillis == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : Math.min(
                    slides.bucketOf(firstFromMillis),
                    slides.firstOfSpan(slides.firstOpen(watermarkMillis)));
    long inUse = inUseFrom.isEmpty() ? needed : slides.bucketOf(inUseFrom.getAsLong());
    long held = heldFrom.isEmpty() ? needed : slides.bucketOf(heldFrom.getAsLong());
    sample.forgetBefore(Math.min(needed, Math.min(inUse, held)));
  }

  /** Memory counts for more than an old bucket. */
  public void keepToMemory() {
    while (sample.rows() > mostRows && sample.buckets().size() > 1) {
      sample.forgetBefore(sample.buckets().get(0) + 1);
    }
  }
}
