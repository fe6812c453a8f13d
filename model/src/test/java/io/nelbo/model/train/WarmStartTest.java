package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class WarmStartTest {
  private static final TrainingConfig CONFIG = SyntheticPlant.config(1, 400);

  private static ModelArtifact incumbent;

  @BeforeAll
  static void trainOnce() throws Exception {
    incumbent = train(SyntheticPlant.request(span(1), CONFIG));
  }

  @Test
  void aFewStepsFromTheWeightsOfAModelAreWorthMoreThanFromDrawnOnes() throws Exception {
    TrainingRequest few = SyntheticPlant.request(span(2), CONFIG.withSteps(10));

    ModelArtifact cold = train(few);
    ModelArtifact warm = train(few.startingFrom(incumbent));

    assertThat(heldOut(warm)).isLessThan(heldOut(cold) - 1);
  }

  @Test
  void theSameStartGivesTheSameBitsAndTheProvenanceNamesIt() throws Exception {
    TrainingRequest request =
        SyntheticPlant.request(span(2), CONFIG.withSteps(20)).startingFrom(incumbent);

    ModelArtifact one = train(request);
    ModelArtifact other = train(request);

    assertThat(bits(one)).isEqualTo(bits(other)).isNotEqualTo(bits(incumbent));
    assertThat(one.manifest().provenance()).isEqualTo(other.manifest().provenance());
    assertThat(one.manifest().provenance().startedFrom()).contains("v000001");
    assertThat(incumbent.manifest().provenance().startedFrom()).isEmpty();
  }

  @Test
  void theWeightsThatItStartsFromAreInTheDigest() throws Exception {
    TrainingRequest cold = SyntheticPlant.request(span(2), CONFIG);
    Map<String, Tensor> moved = new TreeMap<>(incumbent.tensors());
    moved.computeIfPresent(
        "encoder.posterior.weight",
        (name, tensor) -> {
          float[] values = tensor.values().clone();
          values[3] = Math.nextUp(values[3]);
          return new Tensor(tensor.shape(), values);
        });
    ModelArtifact other = new ModelArtifact(incumbent.manifest(), moved);

    String warm = cold.startingFrom(incumbent).digest();

    assertThat(warm).isNotEqualTo(cold.digest());
    assertThat(warm).isNotEqualTo(cold.startingFrom(other).digest());
  }

  @Test
  void aModelOfAnotherArchitectureIsNoStart() {
    TrainingSpan span = span(2);
    TrainingConfig wider = CONFIG.withNetwork(new NetworkSize(48, 0, 4));
    TrainingConfig other =
        CONFIG.withDesign(Design.SENSORS.withLikelihood(LikelihoodSpec.GAUSSIAN));
    List<String> names = List.of("g0", "f1", "f2", "f3", "f4", "f5");
    TrainingSpan renamed = new TrainingSpan(names, span.segments(), 0, 1_000_000_000L);

    assertThat(TrainingRequest.canStartFrom(incumbent.manifest(), span, CONFIG)).isTrue();
    assertThat(TrainingRequest.canStartFrom(incumbent.manifest(), span, wider)).isFalse();
    assertThat(TrainingRequest.canStartFrom(incumbent.manifest(), span, other)).isFalse();
    assertThat(TrainingRequest.canStartFrom(incumbent.manifest(), renamed, CONFIG)).isFalse();
    assertThat(TrainingRequest.canStartFrom(incumbent.manifest(), span, CONFIG.withWindowLength(2)))
        .isFalse();
    assertThatThrownBy(() -> SyntheticPlant.request(renamed, CONFIG).startingFrom(incumbent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a training can start from the weights of a model of the same features, context,"
                + " window, network and likelihood only, v000001 has others");
  }

  private static ModelArtifact train(TrainingRequest request) throws Exception {
    return new Trainer().train(request, TrainingListener.NONE).artifact();
  }

  private static TrainingSpan span(long seed) {
    return SyntheticPlant.span(List.of(new SyntheticPlant(seed).segment("pump", 2000, 0)));
  }

  private static double heldOut(ModelArtifact artifact) {
    return artifact.manifest().figures().getOrDefault("held_out_negative_elbo", Double.NaN);
  }

  private static List<Integer> bits(ModelArtifact artifact) {
    return new TreeMap<>(artifact.tensors())
        .values().stream().map(tensor -> Arrays.hashCode(tensor.values())).toList();
  }
}
