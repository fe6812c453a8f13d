package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.images.ImageSet;
import io.nelbo.jobs.evaluate.images.LabelledFrame;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The model of frames on IDX files of grey images. Sets {@code conv-class-<label>}: trained on the
 * training images of one class, ranks all test images; the other classes are anomalies. Set {@code
 * conv-against}, where there is a second folder: trained on one folder's training images, tells the
 * other's test images from its own, both ways ({@code conv_ood_auroc} trains on the first folder,
 * {@code conv_ood_reverse_auroc} on the second). What ranks is the detector's calibrated statistic.
 */
final class ConvolutionalHalf {
  /** All classes together train on so many images at most, evenly spread. */
  static final int MOST_TRAINED = 20_000;

  private static final String CLASS = "conv-class-";
  private static final String AGAINST = "conv-against";

  private final Path data;
  private final Optional<Path> against;
  private final Protocol protocol;
  private final TrainingConfig training;

  ConvolutionalHalf(Path data, Optional<Path> against, Protocol protocol, TrainingConfig training) {
    this.data = data;
    this.against = against;
    this.protocol = protocol;
    this.training = training;
  }

  List<String> sets() throws IOException {
    List<String> names = new ArrayList<>();
    LabelledImages.classes(data, LabelledImages.TRAIN).forEach(label -> names.add(CLASS + label));
    against.ifPresent(folder -> names.add(AGAINST));
    return names;
  }

  boolean has(String set) {
    return set.startsWith(CLASS) || set.equals(AGAINST);
  }

  void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    if (set.equals(AGAINST)) {
      Path other = against.orElseThrow();
      bothWays(set, "conv_ood_auroc", data, other, result);
      bothWays(set, "conv_ood_reverse_auroc", other, data, result);
    } else {
      oneClass(set, Integer.parseInt(set.substring(CLASS.length())), result);
    }
  }

  private void oneClass(String set, int label, SetResult.Builder result)
      throws IOException, TrainingException {
    LabelledImages train = LabelledImages.read(data, LabelledImages.TRAIN);
    LabelledImages test = LabelledImages.read(data, LabelledImages.TEST);
    test.requireShapeOf(train);
    boolean[] anomalous = new boolean[test.size()];
    IntStream.range(0, anomalous.length).forEach(i -> anomalous[i] = test.label(i) != label);
    List<LabelledFrame> own = train.frames(image -> train.label(image) == label);
    List<LabelledFrame> tested = test.frames(image -> true);
    rank(new Question(set, "conv_one_class_auroc", train, own, tested, anomalous), result);
  }

  /** Trains on one folder; the other's test images are outliers. */
  private void bothWays(String set, String metric, Path own, Path other, SetResult.Builder result)
      throws TrainingException {
    result.attempt(
        metric,
        () -> {
          LabelledImages train = LabelledImages.read(own, LabelledImages.TRAIN);
          LabelledImages test = LabelledImages.read(own, LabelledImages.TEST);
          LabelledImages others = LabelledImages.read(other, LabelledImages.TEST);
          test.requireShapeOf(train);
          others.requireShapeOf(train);
          int[] chosen = ImageBaselines.evenChoice(train.size(), MOST_TRAINED);
          List<LabelledFrame> frames =
              train.frames(image -> Arrays.binarySearch(chosen, image) >= 0);
          if (frames.size() < train.size()) {
            result.note(
                "%s: trained on %d of %d images of %s"
                    .formatted(set, frames.size(), train.size(), train.source()));
          }
          List<LabelledFrame> both = new ArrayList<>(test.frames(image -> true));
          both.addAll(others.frames(image -> true));
          boolean[] foreign = new boolean[both.size()];
          Arrays.fill(foreign, test.size(), foreign.length, true);
          rank(new Question(set, metric, train, frames, both, foreign), result);
        });
  }

  /**
   * What is asked of a model.
   *
   * @param train of which the normal ones are
   * @param anomalous which of those to test
   */
  @SuppressWarnings("ArrayRecordComponent") // asked once, never compared
  private record Question(
      String set,
      String metric,
      LabelledImages train,
      List<LabelledFrame> normal,
      List<LabelledFrame> test,
      boolean[] anomalous) {}

  private void rank(Question asked, SetResult.Builder result)
      throws BenchmarkDataException, TrainingException {
    result.attemptSeeds(
        protocol.seeds(),
        asked.metric(),
        repetition -> {
          TrainingConfig config = training.withSeed(training.seed() + repetition);
          try (FittedFrames detector =
              FittedFrames.train(
                  asked.train().source().toString(),
                  asked.train().shape(),
                  ImageSet.shuffled(asked.normal(), config.seed()),
                  config,
                  protocol.falseAlarmRate())) {
            result.seed(
                repetition,
                asked.metric(),
                RankingMetrics.auroc(detector.judge(asked.test()).statistic(), asked.anomalous()));
          }
        });
  }
}
