package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.score.Bounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images in IDX files, as MNIST comes (LeCun et al. 1998).
 *
 * <p>Set {@code density}: trained on all training images as bits that are drawn anew in each step;
 * bounds of the test images as bits drawn once (Burda et al. 2016). With a second folder, its test
 * images are told from this one's, both as bits. Sets {@code class-<label>}: trained on the grey
 * training images of one class, ranks all grey test images; the other classes are anomalies (Ruff
 * et al. 2018). All rankings are by the negative ELBO with the plain cross-entropy, without a
 * correction for the entropy of grey values. Sets {@code conv-...}: the same questions to the model
 * of frames, see {@link ConvolutionalHalf}.
 */
final class MnistSuite implements Suite {
  /** Draws per image of the importance-weighted bound. */
  static final int IMPORTANCE_SAMPLES = 500;

  /** Test images that are bounded, at most; of more, an even choice. */
  static final int MOST_BOUNDED = 10_000;

  /** A class has a tenth of the images. */
  private static final int MOST_ONE_CLASS_STEPS = 2_000;

  private static final long BITS_SEED = 1;
  private static final long NOISE_SEED = 1_000_003;
  private static final String DENSITY = "density";
  private static final String CLASS = "class-";

  private final Path data;
  private final Optional<Path> against;
  private final Protocol protocol;
  private final ConvolutionalHalf convolutional;

  /**
   * @param protocol of the dense half
   * @param frames trains the convolutional half
   */
  MnistSuite(Path data, Optional<Path> against, Protocol protocol, TrainingConfig frames) {
    this.data = data;
    this.against = against;
    this.protocol = protocol;
    convolutional = new ConvolutionalHalf(data, against, protocol, frames);
  }

  /**
   * The dense network of Burda et al. 2016: two hidden layers of 200 with tanh, 50 latents; 30
   * rounds of 60,000 images.
   */
  static TrainingConfig defaults() {
    return TrainingConfig.defaults()
        .withData(new DataRules(1, false, 0.05, 0))
        .withNetwork(new NetworkSize(200, 50, 4))
        .withDescent(new Descent(18_000, 100, 3e-3, 0.1, 1))
        .withBudget(Duration.ofHours(2));
  }

  /**
   * A training of images as bits.
   *
   * @param iwaeSamples k of the importance-weighted objective; 0 trains the ELBO
   */
  static TrainingConfig density(TrainingConfig training, int iwaeSamples) {
    Design.Objective objective = iwaeSamples == 0 ? Design.Objective.ELBO : Design.Objective.IWAE;
    return training
        .withWindowLength(1)
        .withDescent(training.descent().withTrainingSamples(Math.max(1, iwaeSamples)))
        .withDesign(new Design(LikelihoodSpec.BERNOULLI, 2, "tanh", 0, true, objective));
  }

  /** What metrics.json says beside the training. */
  static Map<String, Object> settings(
      TrainingConfig density, TrainingConfig frames, Optional<Path> against) {
    Design design = density.design();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("likelihood", design.likelihood());
    settings.put("layers", design.layers());
    settings.put("activation", design.activation());
    settings.put("objective", design.objective().toString());
    settings.put("importance_samples", IMPORTANCE_SAMPLES);
    settings.put("importance_images_at_most", MOST_BOUNDED);
    settings.put("one_class_steps", oneClass(density).descent().steps());
    settings.put("conv_steps", frames.descent().steps());
    settings.put("bits_seed", BITS_SEED);
    against.ifPresent(folder -> settings.put("against", folder.toString()));
    return settings;
  }

  @Override
  public List<String> sets() throws IOException {
    List<String> names = new ArrayList<>(List.of(DENSITY));
    LabelledImages.classes(data, LabelledImages.TRAIN).forEach(label -> names.add(CLASS + label));
    names.addAll(convolutional.sets());
    return names;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    if (convolutional.has(set)) {
      convolutional.evaluate(set, result);
      return;
    }
    LabelledImages train = LabelledImages.read(data, LabelledImages.TRAIN);
    LabelledImages test = LabelledImages.read(data, LabelledImages.TEST);
    test.requireShapeOf(train);
    if (set.equals(DENSITY)) {
      density(train, test, result);
    } else {
      oneClass(Integer.parseInt(set.substring(CLASS.length())), train, test, result);
    }
  }

  private void density(LabelledImages train, LabelledImages test, SetResult.Builder result)
      throws IOException, TrainingException {
    Optional<LabelledImages> others = readAgainst(train);
    float[][] bits = test.bits(BITS_SEED);
    result.attemptSeeds(
        protocol.seeds(),
        "",
        repetition -> {
          TrainingConfig config = protocol.trainingOf(repetition);
          LabelledRows shuffled = train.rows(image -> true).inRandomOrder(config.seed());
          try (FittedDetector detector =
              FittedDetector.train(shuffled, config, protocol.falseAlarmRate())) {
            bound(detector, bits, repetition, result);
            if (others.isPresent()) {
              float[][] both = joined(bits, others.get().bits(BITS_SEED));
              boolean[] foreign = lastAre(both.length, others.get().size());
              double[] scores = statistics(detector, both);
              result.seed(repetition, "ood_auroc", RankingMetrics.auroc(scores, foreign));
            }
          }
        });
    if (others.isPresent()) {
      float[][] both = joined(test.grey(image -> true), others.get().grey(image -> true));
      new ImageBaselines(DENSITY, "ood_auroc", protocol.training().seed())
          .rank(train.grey(image -> true), both, lastAre(both.length, others.get().size()), result);
    }
  }

  private static void bound(
      FittedDetector detector, float[][] bits, int repetition, SetResult.Builder result) {
    float[][] bounded =
        IntStream.of(ImageBaselines.evenChoice(bits.length, MOST_BOUNDED))
            .mapToObj(i -> bits[i])
            .toArray(float[][]::new);
    List<Bounds> bounds = detector.bounds(bounded, IMPORTANCE_SAMPLES, NOISE_SEED + repetition);
    result.seed(repetition, "elbo_nats", mean(bounds, Bounds::negativeElbo));
    result.seed(repetition, "iwae_nats", mean(bounds, Bounds::importanceWeighted));
    result.note(
        String.format(
            Locale.ROOT,
            "density, repetition %d: elbo_nats and iwae_nats are upper bounds of -log p(x) with"
                + " fresh noise, mean of %d test images as bits, lower is better; the scores with"
                + " the model's own noise average %.2f nats",
            repetition,
            bounded.length,
            Arrays.stream(statistics(detector, bits)).average().orElseThrow()));
  }

  /** Baselines come first: meanwhile another set may be training. */
  private void oneClass(
      int label, LabelledImages train, LabelledImages test, SetResult.Builder result)
      throws TrainingException {
    LabelledRows rows = train.rows(image -> train.label(image) == label);
    float[][] tested = test.grey(image -> true);
    boolean[] anomalous = new boolean[tested.length];
    IntStream.range(0, tested.length).forEach(i -> anomalous[i] = test.label(i) != label);
    if (rows.size() >= 2) { // fewer are refused below, where the reason is given
      new ImageBaselines(CLASS + label, "one_class_auroc", protocol.training().seed())
          .rank(rows.values(), tested, anomalous, result);
    }
    result.attemptSeeds(
        protocol.seeds(),
        "",
        repetition -> {
          TrainingConfig config = oneClass(protocol.trainingOf(repetition));
          try (FittedDetector detector =
              FittedDetector.train(
                  rows.inRandomOrder(config.seed()), config, protocol.falseAlarmRate())) {
            double[] scores = statistics(detector, tested);
            result.seed(repetition, "one_class_auroc", RankingMetrics.auroc(scores, anomalous));
          }
        });
    if (RankingMetrics.auroc(new double[tested.length], anomalous).isEmpty()) {
      result.note(
          String.format(
              "%s%d: one_class_auroc is not defined, of %d test images %s are of this class",
              CLASS, label, tested.length, anomalous[0] ? "none" : "all"));
    }
  }

  private Optional<LabelledImages> readAgainst(LabelledImages train) throws IOException {
    if (against.isEmpty()) {
      return Optional.empty();
    }
    LabelledImages others = LabelledImages.read(against.get(), LabelledImages.TEST);
    others.requireShapeOf(train);
    return Optional.of(others);
  }

  /** Fewer steps of grey images, always for the ELBO. */
  private static TrainingConfig oneClass(TrainingConfig density) {
    Design design = density.design();
    Descent descent = density.descent();
    return density
        .withDescent(
            descent
                .withSteps(Math.min(MOST_ONE_CLASS_STEPS, descent.steps()))
                .withTrainingSamples(1))
        .withDesign(
            new Design(
                design.likelihood(),
                design.layers(),
                design.activation(),
                design.hiddenShare(),
                false,
                Design.Objective.ELBO));
  }

  /** Without scaling and of one series, the statistic is the negative ELBO itself. */
  private static double[] statistics(FittedDetector detector, float[][] images) {
    return detector.score(new float[0][], images).statistic().clone();
  }

  private static float[][] joined(float[][] first, float[][] second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(float[][]::new);
  }

  private static boolean[] lastAre(int all, int last) {
    boolean[] flags = new boolean[all];
    Arrays.fill(flags, all - last, all, true);
    return flags;
  }

  private static OptionalDouble mean(List<Bounds> bounds, ToDoubleFunction<Bounds> figure) {
    return bounds.stream().mapToDouble(figure).average();
  }
}
