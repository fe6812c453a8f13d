package io.nelbo.jobs.serve;

import io.nelbo.jobs.image.HeatMapPng;
import io.nelbo.jobs.stream.FrameVerdict;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.FrameExplanation;
import io.nelbo.model.detect.FrameExplanation.Region;
import java.util.Arrays;
import java.util.List;

/** What a detector says of an anomalous frame, as it travels. */
final class FrameVerdicts {
  private FrameVerdicts() {}

  static FrameVerdict of(
      Detector detector, Detections detections, int row, FrameExplanation explanation) {
    List<Region> regions = explanation.regions();
    int[] boxes =
        regions.stream()
            .flatMapToInt(
                one -> Arrays.stream(new int[] {one.x(), one.y(), one.width(), one.height()}))
            .toArray();
    double[] peaks =
        regions.stream()
            .flatMapToDouble(
                one -> Arrays.stream(new double[] {one.peakX(), one.peakY(), one.peak()}))
            .toArray();
    return new FrameVerdict(
        detector.channelNames().get(ChannelCalibrations.strangest(detections.surprises(row))),
        detector.channelNames().toArray(String[]::new),
        detections.channelFigures(row),
        detections.channelPValues(row),
        new FrameVerdict.Places(
            HeatMapPng.of(explanation.map()),
            boxes,
            peaks,
            explanation.areaBeyondBorder(),
            detector.frames().width(),
            detector.frames().height()));
  }
}
