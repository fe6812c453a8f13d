package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.images.ImageSet;
import io.nelbo.jobs.evaluate.images.ImageSets;
import io.nelbo.jobs.replay.metrics.PixelMetrics;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * Sets of images of which the normal ones train, see {@link ImageSets}: whether an image shows a
 * defect, and where. Beside it baselines that see the same frames, each plain and blurred. Images
 * have no time: they are shuffled before a training, which splits them in blocks, unless groups are
 * to stay together.
 */
final class ImageSuite implements Suite {
  /** False alarms per good image. */
  static final double ASKED = 0.01;

  /** Sets in memory side by side, whatever the number of threads. */
  private static final int MOST_SETS = 2;

  private final ImageSets sets;
  private final Protocol protocol;
  private final Semaphore memory = new Semaphore(MOST_SETS, true);

  /**
   * @param groupGap see {@link ImageSets}
   */
  ImageSuite(Path data, OptionalInt groupGap, Protocol protocol) {
    this.sets = new ImageSets(data, groupGap);
    this.protocol = protocol;
  }

  /** The training of frames that are known to be good. */
  static TrainingConfig defaults() {
    return TrainingConfig.ofFrames().ofCleanSpan();
  }

  /** What metrics.json says beside the training. */
  static Map<String, Object> settings(OptionalInt groupGap) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("split", groupGap.isPresent() ? "by groups" : "as given");
    groupGap.ifPresent(gap -> settings.put("group_gap", gap));
    settings.put("pro_up_to", PixelMetrics.MOST_FALSE_POSITIVES);
    return settings;
  }

  @Override
  public List<String> sets() throws IOException {
    return sets.names();
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String name, SetResult.Builder result)
      throws IOException, TrainingException {
    acquire(name);
    try {
      ImageSet set = sets.read(name);
      set.notes().forEach(note -> result.note(name + ": " + note));
      noteUndefined(name, set, result);
      FrameBaselines.rank(set, result);
      result.attemptSeeds(protocol.seeds(), "", repetition -> test(set, repetition, result));
    } finally {
      memory.release();
    }
  }

  private void test(ImageSet set, int repetition, SetResult.Builder result)
      throws TrainingException {
    TrainingConfig config = protocol.trainingOf(repetition);
    double asked = protocol.falseAlarmRate();
    try (FittedFrames detector =
        FittedFrames.train(
            set.source(), set.frames(), set.training(config.seed()), config, asked)) {
      ImageFigures.of(detector, set, asked)
          .forEach((metric, value) -> result.seed(repetition, metric, value));
    }
  }

  @Override
  public Map<String, OptionalDouble> summarise(
      String detector, int repetition, Map<String, Map<String, OptionalDouble>> figures) {
    return ImageFigures.together(figures.values(), protocol.falseAlarmRate());
  }

  private static void noteUndefined(String name, ImageSet set, SetResult.Builder result) {
    boolean[] anomalous = set.anomalous();
    if (RankingMetrics.auroc(new double[anomalous.length], anomalous).isEmpty()) {
      result.note(
          "%s: %s and %s are not defined, all %d test images are %s"
              .formatted(
                  name,
                  ImageFigures.AUROC,
                  ImageFigures.AP,
                  anomalous.length,
                  anomalous[0] ? "defective" : "good"));
    }
  }

  private void acquire(String name) throws TrainingException {
    try {
      memory.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException(name + ": the evaluation was stopped", e);
    }
  }
}
