package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.record.Segment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TrainerTest {
  private final SyntheticPlant plant = new SyntheticPlant(1);

  @Test
  void theSameSeedGivesTheSameBitsWhateverTheOrderOfTheSegments() throws Exception {
    Segment first = plant.segment("pump-1", 300, 0);
    Segment second = plant.segment("pump-2", 300, 0);

    Training one = train(List.of(first, second), SyntheticPlant.config(1, 60));
    Training other = train(List.of(second, first), SyntheticPlant.config(1, 60));

    assertThat(bits(one)).isEqualTo(bits(other));
    assertThat(one.artifact().manifest().provenance())
        .isEqualTo(other.artifact().manifest().provenance());
    assertThat(one.report().heldOutNegativeElbo()).isEqualTo(other.report().heldOutNegativeElbo());
  }

  @Test
  void theDigestKnowsEveryValue() throws Exception {
    Segment segment = plant.segment("pump-1", 100, 0);
    String before = new SortedSpan(SyntheticPlant.span(List.of(segment))).digest();
    segment.values()[7] += 1;

    String after = new SortedSpan(SyntheticPlant.span(List.of(segment))).digest();

    assertThat(after).isNotEqualTo(before).matches("[0-9a-f]{64}");
  }

  @Test
  void reportsEveryStepAndLowersTheLoss() throws Exception {
    List<TrainingProgress> heard = new ArrayList<>();
    TrainingSpan span = SyntheticPlant.span(List.of(plant.segment("pump-1", 600, 0)));

    Training training =
        new Trainer()
            .train(
                SyntheticPlant.request(span, SyntheticPlant.config(1, 200)),
                progress -> heard.add(progress));

    assertThat(heard).hasSize(training.report().steps().done());
    assertThat(heard.get(heard.size() - 1).trainingLoss())
        .isLessThan(heard.get(0).trainingLoss() - 2);
    assertThat(training.report().curve()).isNotEmpty();
    assertThat(training.report().activeLatents()).isPositive();
    assertThat(training.report().warnings()).isEmpty();
  }

  @Test
  void stopsWhenTheListenerSaysSo() {
    TrainingSpan span = SyntheticPlant.span(List.of(plant.segment("pump-1", 200, 0)));

    assertThatThrownBy(
            () ->
                new Trainer()
                    .train(
                        SyntheticPlant.request(span, SyntheticPlant.config(1, 50)),
                        progress -> progress.step() < 3))
        .isInstanceOf(TrainingException.class)
        .hasMessage("training was stopped at step 3");
  }

  @Test
  void keepsWhatIsBestWhenTheBudgetIsSpent() throws Exception {
    Instant start = Instant.EPOCH;
    List<Instant> ticks = new ArrayList<>();
    InstantSource secondsPass =
        () -> {
          ticks.add(start);
          return start.plusSeconds(ticks.size());
        };
    Clock clock = secondsPass.withZone(ZoneOffset.UTC);
    TrainingConfig config = SyntheticPlant.config(1, 10_000).withBudget(Duration.ofSeconds(20));
    TrainingSpan span = SyntheticPlant.span(List.of(plant.segment("pump-1", 200, 0)));

    Training training =
        new Trainer(clock, "cpu")
            .train(SyntheticPlant.request(span, config), TrainingListener.NONE);

    assertThat(training.report().steps().done()).isBetween(15, 25);
  }

  @Test
  void refusesASpanThatIsTooSmall() {
    assertThatThrownBy(
            () -> train(List.of(plant.segment("pump-1", 19, 0)), SyntheticPlant.config(1, 10)))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the span holds 19 records, training needs at least 20");
  }

  @Test
  void trainsOnEightyRecords() throws Exception {
    Training training =
        train(List.of(plant.segment("pump-1", 80, 0)), SyntheticPlant.config(1, 40));

    assertThat(training.report().windows().fit()).isGreaterThanOrEqualTo(32);
    assertThat(training.report().windows().calibration()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void refusesSegmentsShorterThanTheWindow() {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      segments.add(plant.segment("pump-1", 10, 100_000L * i));
    }

    assertThatThrownBy(() -> train(segments, SyntheticPlant.config(16, 10)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "200 records in 20 segments leave 0 windows of 16 to fit, at least 10 are needed: at 19"
                + " places a record follows the one before it in its series after more than the"
                + " largest gap, a new segment begins there, and no window of 16 reaches across, so"
                + " that there are 0 windows in all; allow a larger gap or shorter windows");
  }

  @Test
  void aConstantFeatureAndHugeValuesGiveNoNaN() throws Exception {
    Segment segment = plant.segment("pump-1", 400, 0);
    for (int row = 0; row < 400; row++) {
      segment.values()[row * SyntheticPlant.FEATURES] = 42f;
      segment.values()[row * SyntheticPlant.FEATURES + 1] *= 1e9f;
    }
    segment.values()[50 * SyntheticPlant.FEATURES + 2] = 1e30f;

    Training training = train(List.of(segment), SyntheticPlant.config(1, 100));

    for (Tensor tensor : training.artifact().tensors().values()) {
      for (float value : tensor.values()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void saysThatUnrelatedFeaturesGiveNoBetterModelThanTheNorm() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    Segment noise = plant.segment("pump-1", 600, 0);
    for (int i = 0; i < noise.values().length; i++) {
      noise.values()[i] = (float) random.nextGaussian();
    }

    Training training = train(List.of(noise), SyntheticPlant.config(1, 400));

    assertThat(String.join("; ", training.report().warnings()))
        .containsAnyOf("no better than the norm", "no latent dimension is used");
  }

  @Test
  void leavesNothingBehindThatGrowsWithTheSteps() throws Exception {
    Segment segment = plant.segment("pump-1", 200, 0);
    train(List.of(segment), SyntheticPlant.config(1, 20));
    int before = systemArrays();

    train(List.of(segment), SyntheticPlant.config(1, 300));

    assertThat(systemArrays()).isEqualTo(before);
  }

  private static int systemArrays() {
    try (NDManager manager = NDManager.newBaseManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }

  private static Training train(List<Segment> segments, TrainingConfig config)
      throws TrainingException {
    return new Trainer()
        .train(
            SyntheticPlant.request(SyntheticPlant.span(segments), config), TrainingListener.NONE);
  }

  private static Map<String, Integer> bits(Training training) {
    Map<String, Integer> bits = new TreeMap<>();
    training
        .artifact()
        .tensors()
        .forEach((name, tensor) -> bits.put(name, Arrays.hashCode(tensor.values())));
    return bits;
  }
}
