package io.nelbo.model.family.vae;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.descent.Descended;
import io.nelbo.model.descent.DescentPlan;
import io.nelbo.model.descent.GradientDescent;
import io.nelbo.model.fit.Family;
import io.nelbo.model.fit.FitOrder;
import io.nelbo.model.fit.Fitted;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.score.WindowModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The variational autoencoder of dense layers (Kingma and Welling 2014), found by gradient descent
 * on its negative bound.
 */
public final class DenseVae implements Family {
  private static final String NAME = "vae";

  /** A pixel that was always black may be white one day. */
  private static final double LEAST_MEAN = 1e-3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean takes(RecordShape record) {
    return record instanceof RecordColumns;
  }

  @Override
  public void requireTakes(WindowShape window) {
    window.record().named("the family " + NAME);
  }

  @Override
  public FeatureRange range(TrainingConfig config) {
    return config.design().isBernoulli() ? FeatureRange.UNIT_INTERVAL : FeatureRange.SCALED;
  }

  @Override
  public boolean canStartFrom(Manifest model, WindowShape window, TrainingConfig config) {
    return Architecture.of(config, window).isOf(model);
  }

  @Override
  public Fitted fit(FitOrder order, TrainingListener listener) throws TrainingException {
    TrainingConfig config = order.config();
    Architecture architecture = Architecture.of(config, order.window());
    DenseLayout layout = architecture.layout();
    FlatParameters flat = new FlatParameters(layout.shapes());
    Optional<StreamStart> stream =
        layout.isLinear()
            ? Optional.of(new StreamStart(order, layout, architecture.network().likelihood()))
            : Optional.empty();
    Tensor noise =
        NoiseBank.draw(config.network().scoringSamples(), layout.latent(), ~config.seed());
    VaeObjective objective =
        new VaeObjective(
            architecture, config, initial(order, flat, layout, stream), batches(order, layout));
    HeldOut heldOut = new HeldOut(architecture, noise, judged(order), config, order.device());
    DescentPlan plan =
        new DescentPlan(
            stream
                .map(start -> start.steps(config.descent().steps()))
                .orElse(config.descent().steps()),
            config.descent().learningRate(),
            order.start().isPresent() ? 0 : config.descent().klWarmUp(),
            config.data().trim());
    Descended descended;
    try (NDManager manager = NDManager.newBaseManager(order.device(), "PyTorch")) {
      descended =
          new GradientDescent(objective, plan, manager)
              .run(heldOut::negativeBound, listener, order.timeIsUp());
    }
    ModelWeights found = architecture.weights(descended.parameters(), flat, noise);
    Map<String, Tensor> tensors = new HashMap<>(found.tensors());
    if (stream.isPresent()) {
      try (DenseScorer scorer = DenseScorer.of(found, order.device())) {
        tensors.put(DenseLayout.EXPECTED_VARIANCE, stream.get().expectedVariance(scorer));
      }
    }
    return new Fitted(
        architecture.network(),
        tensors,
        Map.of("best_step", (double) descended.bestStep()),
        descended.steps(),
        descended.bestStep(),
        descended.curve());
  }

  @Override
  public WindowModel open(ModelWeights weights, Device device) {
    requireTakes(weights.window());
    return DenseScorer.of(weights, device);
  }

  @Override
  public Optional<Measured> measured() {
    return Optional.of(
        new Measured() {
          @Override
          public EngineWork scoring(TrainingConfig config, int features, int batch, String device) {
            return new ScoringWork(config, features, batch, device);
          }

          @Override
          public EngineWork training(TrainingConfig config, int features, String device) {
            return new TrainingWork(config, features, device);
          }
        });
  }

  private static BatchSource batches(FitOrder order, DenseLayout layout) {
    TrainingConfig config = order.config();
    int drawn = config.descent().trainingSamples() * config.descent().batchSize() * layout.latent();
    SplittableRandom random = new SplittableRandom(config.seed() + 1);
    return new BatchSource(order.span(), order.fit(), drawn, config.design(), random);
  }

  private static float[] judged(FitOrder order) {
    float[] judged = order.span().copyAll(order.stop());
    if (order.config().design().binarise()) {
      BatchSource.binarise(judged, new SplittableRandom(order.config().seed() + 2));
    }
    return judged;
  }

  /** Under a Bernoulli the decoder starts at the features' means, as in Burda et al. 2016. */
  private static float[] initial(
      FitOrder order, FlatParameters flat, DenseLayout layout, Optional<StreamStart> stream) {
    if (order.start().isPresent()) {
      return flat.of(order.start().get().tensors());
    }
    float[] parameters = flat.initial(order.config().seed(), layout.small());
    stream.ifPresent(start -> start.put(parameters, flat));
    if (order.config().design().isBernoulli()) {
      double[] means = order.span().means(order.fit());
      float[] logits = new float[means.length];
      for (int feature = 0; feature < logits.length; feature++) {
        double mean = Math.max(LEAST_MEAN, Math.min(1 - LEAST_MEAN, means[feature]));
        logits[feature] = (float) Math.log(mean / (1 - mean));
      }
      flat.put(parameters, "decoder.mean.bias", logits);
    }
    return parameters;
  }
}
