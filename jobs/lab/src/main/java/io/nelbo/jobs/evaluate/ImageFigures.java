package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.images.ImageSet;
import io.nelbo.jobs.evaluate.images.LabelledFrame;
import io.nelbo.jobs.replay.metrics.PixelMap;
import io.nelbo.jobs.replay.metrics.PixelMetrics;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.detect.FrameExplanation;
import io.nelbo.model.detect.FrameExplanation.Region;
import io.nelbo.model.record.Frames;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The figures of a detector on one set of images. {@code image_auroc} and {@code image_ap} rank
 * images; {@code pixel_auroc} and {@code pro} rank the pixels of all of them by their maps; {@code
 * pointing} is the share of masked defects where the map's maximum or the centre of the box around
 * it lies in the mask, {@code pointing_peak} that of the maximum alone, both in masks dilated by
 * 1/32 of the side; {@code false_alarm_ratio} is the share of good images that alarm over the asked
 * one. Without masks there are no figures of places.
 */
final class ImageFigures {
  static final String AUROC = "image_auroc";
  static final String AP = "image_ap";
  static final String FALSE_ALARM_RATIO = "false_alarm_ratio";
  static final String FALSE_ALARMS = "false_alarms";
  static final String GOOD_IMAGES = "good_images";

  /** A mask is dilated by the side divided by this. */
  private static final int DILATION = 32;

  private final Frames frames;
  private final PixelMetrics pixels = new PixelMetrics();
  private int pointed;
  private int peaks;
  private int hits;

  private ImageFigures(Frames frames) {
    this.frames = frames;
  }

  /** Tests the detector. */
  static Map<String, OptionalDouble> of(FittedFrames detector, ImageSet set, double asked) {
    FittedFrames.Judged judged = detector.judge(set.test());
    boolean[] anomalous = set.anomalous();
    Map<String, OptionalDouble> figures = new LinkedHashMap<>();
    figures.put(AUROC, RankingMetrics.auroc(judged.statistic(), anomalous));
    figures.put(AP, RankingMetrics.averagePrecision(judged.statistic(), anomalous));
    if (set.hasMasks()) {
      ImageFigures places = new ImageFigures(set.frames());
      List<LabelledFrame> masked =
          set.test().stream().filter(frame -> frame.mask().isPresent()).toList();
      detector.explain(masked, places::take);
      figures.put("pixel_auroc", places.pixels.auroc());
      figures.put("pro", places.pixels.regionOverlap());
      figures.put("pointing", share(places.hits, places.pointed));
      figures.put("pointing_peak", share(places.peaks, places.pointed));
    }
    int good = 0;
    int alarms = 0;
    for (int i = 0; i < anomalous.length; i++) {
      good += anomalous[i] ? 0 : 1;
      alarms += !anomalous[i] && judged.alarms()[i] ? 1 : 0;
    }
    figures.put(FALSE_ALARM_RATIO, ratio(alarms, good, asked));
    figures.put(FALSE_ALARMS, OptionalDouble.of(alarms));
    figures.put(GOOD_IMAGES, OptionalDouble.of(good));
    return figures;
  }

  /** Of sets together: means, and the good images of all sets as those of one. */
  static Map<String, OptionalDouble> together(
      Collection<Map<String, OptionalDouble>> sets, double asked) {
    Map<String, OptionalDouble> figures = Means.bySet(sets);
    if (figures.containsKey(FALSE_ALARM_RATIO)) {
      double alarms = sum(FALSE_ALARMS, sets);
      double good = sum(GOOD_IMAGES, sets);
      figures.put(FALSE_ALARM_RATIO, ratio(alarms, good, asked));
      figures.put(FALSE_ALARMS, OptionalDouble.of(alarms));
      figures.put(GOOD_IMAGES, OptionalDouble.of(good));
    }
    return figures;
  }

  private static double sum(String metric, Collection<Map<String, OptionalDouble>> sets) {
    return sets.stream()
        .mapToDouble(set -> set.getOrDefault(metric, OptionalDouble.empty()).orElse(0))
        .sum();
  }

  private void take(LabelledFrame frame, FrameExplanation explanation) {
    BitSet mask = frame.mask().orElseThrow();
    PixelMap map =
        new PixelMap(
            explanation.map().height(), explanation.map().width(), explanation.map().values());
    pixels.add(map.scaledTo(frames.height(), frames.width()), mask);
    if (frame.anomalous()) {
      Region worst = explanation.regions().get(0);
      boolean peak = isNear(mask, worst.peakX(), worst.peakY());
      boolean centre = isNear(mask, worst.x() + worst.width() / 2, worst.y() + worst.height() / 2);
      pointed++;
      peaks += peak ? 1 : 0;
      hits += peak || centre ? 1 : 0;
    }
  }

  private boolean isNear(BitSet mask, int x, int y) {
    int reach = Math.max(frames.height(), frames.width()) / DILATION;
    for (int row = Math.max(0, y - reach); row <= Math.min(frames.height() - 1, y + reach); row++) {
      int from = row * frames.width() + Math.max(0, x - reach);
      int next = mask.nextSetBit(from);
      if (next >= 0 && next <= row * frames.width() + Math.min(frames.width() - 1, x + reach)) {
        return true;
      }
    }
    return false;
  }

  private static OptionalDouble share(int part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }

  private static OptionalDouble ratio(double alarms, double good, double asked) {
    return good == 0 ? OptionalDouble.empty() : OptionalDouble.of(alarms / (asked * good));
  }
}
