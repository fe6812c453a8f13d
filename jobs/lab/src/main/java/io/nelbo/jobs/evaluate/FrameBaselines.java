package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.FrameBaseline;
import io.nelbo.jobs.evaluate.baseline.NormalisedPlanes;
import io.nelbo.jobs.evaluate.baseline.PlaneBlur;
import io.nelbo.jobs.evaluate.images.ImageSet;
import io.nelbo.jobs.evaluate.images.LabelledFrame;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingException;
import java.util.List;

/** The simple detectors of frames, each as it is and on what a blur leaves, on one set. */
final class FrameBaselines {
  private static final String BLURRED = "-blurred";

  private FrameBaselines() {}

  /** Ranks the set's images by each of them. */
  static void rank(ImageSet set, SetResult.Builder result) throws TrainingException {
    NormalisedPlanes planes =
        new NormalisedPlanes(set.frames().height(), set.frames().width(), set.frames().channels());
    PlaneBlur blur = new PlaneBlur(planes.rows(), planes.columns());
    float[][] train = planes(planes, set.train());
    float[][] test = planes(planes, set.test());
    boolean[] anomalous = set.anomalous();
    for (FrameBaseline baseline : FrameBaseline.all()) {
      result.attempt(
          baseline.name(),
          () -> {
            FrameBaseline.Fitted fitted = baseline.fit(train, blur);
            double[] plain = new double[test.length];
            double[] blurred = new double[test.length];
            for (int i = 0; i < test.length; i++) {
              FrameBaseline.Energies energies = fitted.of(test[i]);
              plain[i] = energies.plain();
              blurred[i] = energies.blurred();
            }
            file(baseline.name(), plain, anomalous, result);
            file(baseline.name() + BLURRED, blurred, anomalous, result);
          });
    }
  }

  private static void file(
      String name, double[] scores, boolean[] anomalous, SetResult.Builder result) {
    result.baseline(name, ImageFigures.AUROC, RankingMetrics.auroc(scores, anomalous));
    result.baseline(name, ImageFigures.AP, RankingMetrics.averagePrecision(scores, anomalous));
  }

  private static float[][] planes(NormalisedPlanes planes, List<LabelledFrame> frames) {
    return frames.stream().map(frame -> planes.of(frame.values())).toArray(float[][]::new);
  }
}
