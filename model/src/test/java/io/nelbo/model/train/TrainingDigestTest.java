package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.record.Segment;
import io.nelbo.model.scale.FeatureScale;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An artifact is taken for one's own by this digest alone: nothing may be missing in it. */
final class TrainingDigestTest {
  private final SyntheticPlant plant = new SyntheticPlant(1);
  private final Segment first = plant.segment("pump-1", 100, 0);
  private final Segment second = plant.segment("pump-2", 100, 0);
  private final TrainingSpan span = SyntheticPlant.span(List.of(first, second));

  // Under this likelihood every setting may take another value alone.
  private final TrainingConfig config =
      SyntheticPlant.config(1, 60)
          .withDesign(Design.SENSORS.withLikelihood(LikelihoodSpec.BERNOULLI));

  @Test
  void theOrderOfTheSegmentsTheVersionAndTheTriggerDoNotMatter() {
    TrainingSpan turned = SyntheticPlant.span(List.of(second, first));
    FitExclusion exclusion = without("pump-1");

    String one =
        new TrainingRequest("plant", 1, span, config, "schedule", exclusion, Map.of()).digest();
    String other =
        new TrainingRequest("plant", 9, turned, config, "drift", exclusion, Map.of()).digest();

    assertThat(one).isEqualTo(other).matches("[0-9a-f]{64}");
  }

  @Test
  void everySettingMatters() throws Exception {
    List<TrainingConfig> others = new ArrayList<>();
    for (Record other : changedOneByOne(config)) {
      others.add((TrainingConfig) other);
    }

    List<String> digests = new ArrayList<>(List.of(request(span, config).digest()));
    others.forEach(other -> digests.add(request(span, other).digest()));

    assertThat(others).hasSizeGreaterThan(20);
    assertThat(digests).doesNotHaveDuplicates();
  }

  /** What stands in the digests of models that are in use: another text trains them all again. */
  @Test
  void theSettingsAreWrittenAsEver() {
    String text = TrainingConfig.defaults().settingsText();
    String ofAnother = TrainingConfig.defaults().withFamily("pca").settingsText();

    assertThat(text)
        .isEqualTo(
            "TrainingConfig[windowLength=1, hidden=64, latent=0, steps=3000, batchSize=128,"
                + " learningRate=0.002, klWarmUp=0.3, trainingSamples=2, scoringSamples=4,"
                + " deviationFloor=0.05, trim=0.1, scaleBySeries=true, budget=PT5M, seed=1,"
                + " design=Design[likelihood=student, layers=2, activation=relu, hiddenShare=0.05,"
                + " binarise=false, objective=ELBO],"
                + " alerts=AlertRules[episodeGap=PT10M, smooth=1]]");
    assertThat(ofAnother).isEqualTo(text.substring(0, text.length() - 1) + ", family=pca]");
  }

  @Test
  void recordsBoundsExclusionsAndKeptScalesMatter() {
    TrainingSpan longer =
        new TrainingSpan(span.columns(), span.segments(), span.startMillis(), span.endMillis() + 1);
    TrainingSpan fewer = SyntheticPlant.span(List.of(first));
    FeatureScale scale = scale(1);

    List<String> digests =
        List.of(
            request(span, config).digest(),
            request(longer, config).digest(),
            request(fewer, config).digest(),
            with(without("pump-1"), Map.of()).digest(),
            with(without("pump-2"), Map.of()).digest(),
            with(without("pump-1", "pump-2"), Map.of()).digest(),
            with(without("pump-2", "pump-1"), Map.of()).digest(),
            with(FitExclusion.NONE, Map.of("pump-3", scale)).digest(),
            with(FitExclusion.NONE, Map.of("pump-4", scale)).digest(),
            with(FitExclusion.NONE, Map.of("pump-3", scale(2))).digest());

    assertThat(digests).doesNotHaveDuplicates();
  }

  private static TrainingRequest request(TrainingSpan rows, TrainingConfig how) {
    return SyntheticPlant.request(rows, how);
  }

  private TrainingRequest with(FitExclusion exclusion, Map<String, FeatureScale> scales) {
    return new TrainingRequest("plant", 1, span, config, "schedule", exclusion, scales);
  }

  /** One record of each series, in this order. */
  private static FitExclusion without(String... series) {
    return FitExclusion.of(
        Stream.of(series).map(name -> new FitExclusion.Row(name, 7_000)).toList());
  }

  private static FeatureScale scale(double of) {
    double[] ones = new double[SyntheticPlant.FEATURES];
    Arrays.fill(ones, of);
    return new FeatureScale(ones, ones);
  }

  /** Copies of a record, in each of which one component is another; nested ones one by one. */
  private static List<Record> changedOneByOne(Record record) throws Exception {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Record> changed = new ArrayList<>();
    for (int index = 0; index < components.length; index++) {
      for (Object other : others(components[index].getAccessor().invoke(record))) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = i == index ? other : components[i].getAccessor().invoke(record);
        }
        changed.add(record.getClass().getConstructor(types).newInstance(values));
      }
    }
    return changed;
  }

  private static List<?> others(Object value) throws Exception {
    if (value instanceof Integer number) {
      return List.of(number + 16); // draws are even, sides multiples of 16
    }
    if (value instanceof Long number) {
      return List.of(number + 1);
    }
    if (value instanceof Double number) {
      return List.of(number / 2 + 0.01);
    }
    if (value instanceof Boolean flag) {
      return List.of(!flag);
    }
    if (value instanceof Duration time) {
      return List.of(time.plusMillis(1));
    }
    if (value instanceof String word) {
      return List.of(word.equals("relu") ? "tanh" : LikelihoodSpec.LAPLACE);
    }
    if (value instanceof Design.Objective) {
      return List.of(Design.Objective.IWAE);
    }
    if (value instanceof Record part) {
      return changedOneByOne(part);
    }
    throw new AssertionError("this test does not know another " + value.getClass());
  }
}
