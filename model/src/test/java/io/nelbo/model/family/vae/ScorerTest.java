package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.ScoredRows;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ScorerTest {
  private static final LikelihoodSpec LIKELIHOOD = new LikelihoodSpec("gaussian", 0.05, 10f);

  private static final double SOFT_CUT = 4;

  private final SplittableRandom random = new SplittableRandom(5);

  @ParameterizedTest
  @CsvSource({"1, 7, 33, 3, 4", "1, 38, 128, 12, 8", "4, 5, 48, 4, 2", "1, 1, 16, 2, 2"})
  void aRowScoresTheSameBitsInAnyBatchAndPosition(
      int windowLength, int features, int hidden, int latent, int samples) {
    assertSameBits(new DenseLayout(windowLength, features, hidden, latent), samples);
  }

  @Test
  void soDoesAnImage() {
    assertSameBits(
        new DenseLayout(1, 49, List.of(40, 20, 33), 7, HiddenActivation.TANH, DeviationSource.BITS),
        4);
  }

  @ParameterizedTest
  @EnumSource(
      value = DeviationSource.class,
      names = {"SHARED", "FIXED", "DECODER"})
  void soDoesARecordWithContextUnderAnyLikelihood(DeviationSource deviation) {
    assertSameBits(
        new DenseLayout(
            2,
            5,
            3,
            List.of(40, 33),
            3,
            HiddenActivation.RELU,
            deviation,
            OlderRecords.MARKED_MISSING),
        4);
  }

  @ParameterizedTest
  @CsvSource({"8, 38, 64, 12, 4", "3, 1, 16, 2, 2"})
  void soDoesAWindowThatContinuesItsRecords(
      int windowLength, int features, int hidden, int latent, int samples) {
    assertSameBits(continued(windowLength, features, 1, hidden, latent), samples);
  }

  private static DenseLayout continued(
      int windowLength, int features, int context, int hidden, int latent) {
    return new DenseLayout(
        windowLength,
        features,
        context,
        List.of(hidden, hidden),
        latent,
        HiddenActivation.RELU,
        DeviationSource.PER_FEATURE,
        OlderRecords.CONTINUED);
  }

  @Test
  void recordsThatContinueAgreeWithThePlainJavaNetworkAndWithWhatWasToBeExpected() {
    DenseLayout layout = continued(3, 4, 1, 24, 2);
    Map<String, Tensor> tensors = tensors(layout, 2);
    PlainJavaVae plain = new PlainJavaVae(layout, 10, 0.05, SOFT_CUT, tensors);
    double[][] draws = draws(tensor(tensors, NoiseBank.TENSOR), 2);
    int rows = 200;
    float[] windows = windows(layout, rows);
    double cut = 0;
    try (DenseScorer scorer = scorer(layout, 2, tensors)) {
      ScoredRows scored = scorer.score(windows, rows);

      for (int row = 0; row < rows; row++) {
        int start = row * layout.rowLength();
        float[] window = Arrays.copyOfRange(windows, start, start + layout.rowLength());
        double[] terms = plain.terms(window, draws);
        double density = terms[0] + plain.cutNats(window);
        double expected = plain.expectedLoss(window);
        cut += plain.cutNats(window);
        assertThat(scored.reconstruction(row))
            .isEqualTo(density, within(1e-5 * (1 + Math.abs(density))));
        assertThat(scored.expectedLoss(row) - plain.cutNats(window))
            .isEqualTo(expected, within(1e-5 * (1 + Math.abs(expected))));
        if (scored.observed(row) == layout.features()) {
          double ranked = terms[0] + terms[1] + expected;
          assertThat(scored.statistic(row))
              .isEqualTo(ranked, within(1e-5 * (1 + Math.abs(ranked))));
        }
      }
    }
    assertThat(cut).isPositive();
  }

  private void assertSameBits(DenseLayout layout, int samples) {
    int rows = 2000;
    float[] windows = windows(layout, rows);
    try (DenseScorer scorer = scorer(layout, samples, tensors(layout, samples))) {
      int[] alone = bits(scorer, layout, windows, inOrder(rows), 1);
      for (int batch : new int[] {2, 7, 8, 31, 32, 33, 100, 128, 256, 300, 512}) {
        int[] together = bits(scorer, layout, windows, shuffled(rows), batch);

        assertThat(Arrays.mismatch(together, alone)).as("batches of %s rows", batch).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 6, 3, 4", "3, 4, 2, 2"})
  void agreesWithThePlainJavaNetwork(int windowLength, int features, int latent, int samples) {
    DenseLayout layout = new DenseLayout(windowLength, features, 24, latent);
    Map<String, Tensor> tensors = tensors(layout, samples);
    PlainJavaVae plain = new PlainJavaVae(layout, 10, 0.05, tensors);
    double[][] draws = draws(tensor(tensors, NoiseBank.TENSOR), latent);
    int rows = 200;
    float[] windows = windows(layout, rows);
    try (DenseScorer scorer = scorer(layout, samples, tensors)) {
      ScoredRows scored = scorer.score(windows, rows);

      for (int row = 0; row < rows; row++) {
        int start = row * layout.rowLength();
        float[] window = Arrays.copyOfRange(windows, start, start + layout.rowLength());
        double[] terms = plain.terms(window, draws);
        assertThat(scored.reconstruction(row))
            .isEqualTo(terms[0], within(1e-5 * (1 + Math.abs(terms[0]))));
        assertThat(scored.klDivergence(row)).isEqualTo(terms[1], within(1e-5 * (1 + terms[1])));
      }
    }
  }

  @Test
  void anImageIsExpectedAsProbabilitiesAndScoredByItsOddity() {
    DenseLayout layout =
        new DenseLayout(1, 6, List.of(16), 2, HiddenActivation.TANH, DeviationSource.BITS);
    float[] grey = {0.1f, 0.9f, 0.5f, 0f, 1f, 0.3f};
    float[] wrongUnit = {25f, 230f, 127f, 0f, 255f, 76f};
    try (DenseScorer scorer = scorer(layout, 2, tensors(layout, 2))) {
      scorer.warmUp();

      Expectation expected = scorer.expect(grey, 1).get(0);

      for (int i = 0; i < 6; i++) {
        double mean = expected.mean()[i];
        assertThat(mean).isBetween(0.0, 1.0);
        assertThat(expected.standardDeviation()[i])
            .isEqualTo(Math.sqrt(mean * (1 - mean)), within(1e-6));
      }
      double normal = scorer.score(grey, 1).statistic(0);
      assertThat(scorer.score(wrongUnit, 1).statistic(0)).isGreaterThan(1000 * normal);
    }
  }

  @Test
  void whatTheEngineHoldsIsFreedWhenItRunsOutOfMemoryHalfWay() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    NDManager real = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    AtomicInteger arrays = new AtomicInteger();
    InvocationHandler scarce =
        (proxy, method, arguments) -> {
          if (method.getName().equals("create") && arrays.incrementAndGet() > 3) {
            throw new EngineException("out of memory");
          }
          return method.invoke(real, arguments);
        };
    NDManager manager =
        (NDManager)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NDManager.class}, scarce);

    assertThatThrownBy(
            () ->
                new DenseScorer(
                    layout, LIKELIHOOD, 2, tensors(layout, 2), Optional.empty(), manager))
        .hasMessage("out of memory");

    assertThat(arrays).hasValue(4);
    assertThat(real.isOpen()).isFalse();
  }

  @Test
  void rescalesTheReconstructionOfARowWithMissingFeatures() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    try (DenseScorer scorer = scorer(layout, 2, tensors(layout, 2))) {
      ScoredRows scored = scorer.score(new float[] {0.5f, Float.NaN, -1f, Float.NaN}, 1);

      assertThat(scored.observed(0)).isEqualTo(2);
      assertThat(scored.statistic(0))
          .isEqualTo(2 * scored.reconstruction(0) + scored.klDivergence(0), within(1e-12));
    }
  }

  @Test
  void aMissingFeatureAddsItsUsualLossWhereThatIsKnown() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    FeatureLosses losses =
        new FeatureLosses(new double[] {-2, 3, 0.5, 10}, new double[] {0.5, 1, 1.5, 0.5});
    try (DenseScorer scorer =
        new DenseScorer(
            layout, LIKELIHOOD, 2, tensors(layout, 2), Optional.of(losses), Device.cpu())) {
      ScoredRows scored = scorer.score(new float[] {0.5f, Float.NaN, -1f, Float.NaN}, 1);

      double widened = Math.sqrt(3.5 / 2);
      double completed = 11.5 + widened * (scored.reconstruction(0) - (-2 + 0.5));
      assertThat(scored.statistic(0)).isEqualTo(completed + scored.klDivergence(0), within(1e-12));
      assertThat(scored.negativeElbo(0))
          .isEqualTo(scored.reconstruction(0) + scored.klDivergence(0));
    }
  }

  @Test
  void staysFiniteForValuesThatNoSensorShouldSend() {
    DenseLayout layout = new DenseLayout(1, 3, 16, 2);
    try (DenseScorer scorer = scorer(layout, 2, tensors(layout, 2))) {
      ScoredRows scored = scorer.score(new float[] {1e9f, -3e38f, Float.POSITIVE_INFINITY}, 1);

      assertThat(scored.statistic(0)).isFinite().isGreaterThan(1e15);
    }
  }

  @Test
  void whoeverMeasuresGetsTheSameBitsAndHearsOfEachCallInOrder() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    float[] windows = windows(layout, 300);
    List<String> heard = new ArrayList<>();
    Stages stages =
        new Stages() {
          @Override
          public void packed() {
            heard.add("packed");
          }

          @Override
          public void sent(NDArray last) {
            heard.add("sent " + last.getShape());
          }

          @Override
          public void computed(NDArray last) {
            heard.add("computed " + last.getShape());
          }

          @Override
          public void received() {
            heard.add("received");
          }
        };
    try (DenseScorer measured = scorer(layout, 2, tensors(layout, 2));
        DenseScorer plain = scorer(layout, 2, tensors(layout, 2))) {
      ScoredRows scored = measured.score(windows, 300, stages);

      ScoredRows expected = plain.score(windows, 300);
      for (int row = 0; row < 300; row++) {
        assertThat(scored.negativeElbo(row)).isEqualTo(expected.negativeElbo(row));
      }
      assertThat(heard)
          .containsExactly(
              "packed",
              "sent (256, 16)",
              "computed (256, 8)",
              "received",
              "packed",
              "sent (128, 16)",
              "computed (128, 8)",
              "received");
    }
  }

  @Test
  void leavesNoNativeArrayBehind() {
    DenseLayout layout = new DenseLayout(2, 5, 32, 3);
    float[] windows = windows(layout, 300);
    try (DenseScorer scorer = scorer(layout, 4, tensors(layout, 4))) {
      scorer.score(windows, 300);
      int before = scorer.nativeArrays();

      for (int call = 0; call < 50; call++) {
        scorer.score(windows, 300);
        scorer.expect(windows, 1);
        scorer.bounds(windows, 40, 70, call);
        scorer.posteriorMeans(windows, 40);
      }

      assertThat(scorer.nativeArrays()).isEqualTo(before);
    }
  }

  @Test
  void namesTheTensorThatDoesNotFit() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    Map<String, Tensor> wrong = tensors(layout, 2);
    wrong.put("decoder.1.bias", new Tensor(new int[] {3}, new float[3]));

    assertThatThrownBy(() -> scorer(layout, 2, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor decoder.1.bias has shape (3), expected (16)");
  }

  @Test
  void namesTheTensorThatIsMissingForeignOrNotANumber() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    Map<String, Tensor> missing = tensors(layout, 2);
    missing.remove("noise");
    Map<String, Tensor> foreign = tensors(layout, 2);
    foreign.put("payload", new Tensor(new int[] {1}, new float[1]));
    Map<String, Tensor> broken = tensors(layout, 2);
    tensor(broken, "likelihood.rho").values()[0] = Float.NaN;

    assertThatThrownBy(() -> scorer(layout, 2, missing))
        .hasMessage("tensor noise is missing, expected shape (2, 2)");
    assertThatThrownBy(() -> scorer(layout, 2, foreign))
        .hasMessage("tensors [payload] do not belong to this network");
    assertThatThrownBy(() -> scorer(layout, 2, broken))
        .hasMessage("tensor likelihood.rho holds NaN, expected finite values");
  }

  @Test
  void refusesWeightsThatOverflow() {
    DenseLayout layout = new DenseLayout(1, 4, 16, 2);
    Map<String, Tensor> tensors = tensors(layout, 2);
    Arrays.fill(tensor(tensors, "decoder.1.weight").values(), 3e38f);
    Arrays.fill(tensor(tensors, "decoder.mean.weight").values(), 3e38f);
    try (DenseScorer scorer = scorer(layout, 2, tensors)) {
      assertThatThrownBy(scorer::warmUp)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(
              "the network scores a probe window with (NaN|Infinity), expected a finite number");
    }
  }

  /** Bits of both terms by row, scored in the given order. */
  private static int[] bits(
      DenseScorer scorer, DenseLayout layout, float[] windows, int[] order, int batch) {
    int width = layout.rowLength();
    int[] bits = new int[2 * order.length];
    float[] buffer = new float[batch * width];
    for (int start = 0; start < order.length; start += batch) {
      int count = Math.min(batch, order.length - start);
      for (int i = 0; i < count; i++) {
        System.arraycopy(windows, order[start + i] * width, buffer, i * width, width);
      }
      ScoredRows scored = scorer.score(buffer, count);
      for (int i = 0; i < count; i++) {
        bits[2 * order[start + i]] = Float.floatToIntBits((float) scored.reconstruction(i));
        bits[2 * order[start + i] + 1] = Float.floatToIntBits((float) scored.klDivergence(i));
      }
    }
    return bits;
  }

  private static DenseScorer scorer(DenseLayout layout, int samples, Map<String, Tensor> tensors) {
    LikelihoodSpec likelihood =
        new LikelihoodSpec(
            LikelihoodKinds.of(layout.deviation()), 0.05, 10f, 0, layout.isLinear() ? SOFT_CUT : 0);
    return new DenseScorer(layout, likelihood, samples, tensors, Optional.empty(), Device.cpu());
  }

  private static Map<String, Tensor> tensors(DenseLayout layout, int samples) {
    FlatParameters flat = new FlatParameters(layout.shapes());
    Map<String, Tensor> tensors = new HashMap<>(flat.toTensors(flat.initial(11, layout.small())));
    tensors.put(NoiseBank.TENSOR, NoiseBank.draw(samples, layout.latent(), 13));
    if (layout.isLinear()) {
      float[] variance = new float[layout.features()];
      for (int feature = 0; feature < variance.length; feature++) {
        variance[feature] = 0.1f * (1 + feature);
      }
      tensors.put(DenseLayout.EXPECTED_VARIANCE, new Tensor(new int[] {variance.length}, variance));
    }
    return tensors;
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static double[][] draws(Tensor noise, int latent) {
    double[][] draws = new double[noise.shape()[0]][latent];
    for (int i = 0; i < noise.values().length; i++) {
      draws[i / latent][i % latent] = noise.values()[i];
    }
    return draws;
  }

  private float[] windows(DenseLayout layout, int rows) {
    float[] windows = new float[rows * layout.rowLength()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = random.nextDouble() < 0.05 ? Float.NaN : (float) (3 * random.nextGaussian());
    }
    return windows;
  }

  private static int[] inOrder(int rows) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private int[] shuffled(int rows) {
    int[] order = inOrder(rows);
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }
}
