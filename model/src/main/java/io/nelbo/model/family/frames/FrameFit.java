package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.descent.Descended;
import io.nelbo.model.descent.DescentPlan;
import io.nelbo.model.descent.GradientDescent;
import io.nelbo.model.fit.FitOrder;
import io.nelbo.model.fit.Fitted;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.network.DeviceTensors;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One fit to frames: the linear model in closed form, then the network by descent. */
final class FrameFit {
  /** Frames over which planes are normalised for good; fewer large ones, for a call holds all. */
  private static final int POPULATION = 512;

  private static final int LEAST_POPULATION = 64;
  private static final int MOST_POPULATION_PIXELS = 1 << 21;

  /** Each folds the network anew and scores what is held out: as long as many steps. */
  private static final int EVALUATIONS = 12;

  private static final double LEAST_VARIANCE = 0.01;

  private final FitOrder order;
  private final FrameDesign design;
  private final ConvolutionalSpec spec;
  private final ConvolutionalLayout layout;
  private final FramePreparation preparation;
  private final FlatParameters flat;
  private final NDManager manager;

  FrameFit(FitOrder order, FrameDesign design, WorkingSize size, NDManager manager) {
    this.order = order;
    this.design = design;
    this.manager = manager;
    spec = design.spec();
    layout = ConvolutionalLayout.of(size, spec.latent(), spec.likelihood());
    preparation = new FramePreparation(size, spec.normalised());
    flat = new FlatParameters(layout.shapes());
  }

  Fitted run(TrainingListener listener) throws TrainingException {
    long seed = order.config().seed();
    PreparedFrames fit = PreparedFrames.of(order.span(), order.fit(), preparation);
    LinearFrames linear =
        PrincipalAxes.fit(
            fit.some(MOST_LINEAR / layout.size().values()),
            layout.size().values(),
            spec.components(),
            spec.deviationFloor(),
            seed,
            manager);
    ConvolutionalSpec found = spec.withComponents(linear.components());
    float[] stop = order.span().copyAll(order.stop());
    Map<String, Tensor> fixed = new HashMap<>(linear.tensors());
    fixed.putAll(map(seed).tensors());
    fixed.put(
        NearestFrames.FRAMES,
        NearestFrames.keep(layout.size(), fit.some(NearestFrames.MOST), manager));
    fixed.put(NoiseBank.TENSOR, NoiseBank.draw(spec.noise().samples(), spec.latent(), ~seed));
    fixed.put(FrameTensors.USUAL_RESIDUAL, number(1));
    Assembled assembled = new Assembled(found, fixed, fit.some(population(layout.size())), stop);
    Descended descended = descend(fit, assembled, listener);
    ModelWeights weights = assembled.weights(descended.parameters());
    Map<String, Tensor> tensors = new HashMap<>(weights.tensors());
    try (FrameScorer scorer = FrameScorer.of(weights, manager.getDevice())) {
      double residual = scorer.meanLinearResidual(assembled.stop(), order.stop().size());
      tensors.put(FrameTensors.USUAL_RESIDUAL, number(Math.max(1e-6, residual)));
    }
    return new Fitted(
        found,
        tensors,
        Map.of("best_step", (double) descended.bestStep()),
        descended.steps(),
        descended.bestStep(),
        descended.curve());
  }

  private static int population(WorkingSize size) {
    int most = MOST_POPULATION_PIXELS / size.area();
    return Math.max(LEAST_POPULATION, Math.min(POPULATION, most));
  }

  private MapModel map(long seed) throws TrainingException {
    WorkingSize size = WorkingSize.of(layout.size().frames(), MapModel.SIDE);
    FramePreparation larger = new FramePreparation(size, spec.normalised());
    PreparedFrames fit = PreparedFrames.of(order.span(), order.fit(), larger);
    LinearFrames linear =
        PrincipalAxes.fit(
            fit.some(MOST_LINEAR / size.values()),
            size.values(),
            MapModel.COMPONENTS,
            spec.deviationFloor(),
            seed,
            manager);
    PreparedFrames stop = PreparedFrames.of(order.span(), order.stop(), larger);
    return MapModel.fit(size, linear, LinearResidual.of(linear, stop.planes(), manager), seed);
  }

  /** Values of frames that the linear model is fitted to: 64 MB. */
  private static final int MOST_LINEAR = 1 << 24;

  private static Tensor number(double value) {
    return new Tensor(new int[] {1}, new float[] {(float) value});
  }

  private Descended descend(PreparedFrames fit, Assembled assembled, TrainingListener listener)
      throws TrainingException {
    long seed = order.config().seed();
    PreparedFrames.Shuffled shuffled =
        fit
        .new Shuffled(
            new SplittableRandom(seed + 1),
            design.shift(),
            order.config().data().frames().mirrored());
    FrameObjective objective =
        new FrameObjective(
            layout,
            spec.likelihood(),
            initial(fit),
            shuffled,
            new SplittableRandom(seed + 2),
            order.config().descent().batchSize(),
            order.config().descent().trainingSamples());
    DescentPlan plan =
        new DescentPlan(
            order.config().descent().steps(),
            order.config().descent().learningRate(),
            order.config().descent().klWarmUp(),
            order.config().data().trim(),
            EVALUATIONS);
    return new GradientDescent(objective, plan, manager)
        .run(assembled::negativeBound, listener, order.timeIsUp());
  }

  /** The decoder starts at the mean frame, the deviation at half of the frames' own variance. */
  private float[] initial(PreparedFrames fit) {
    float[] parameters = flat.initial(order.config().seed(), layout.small());
    double[][] moments = fit.moments();
    float[] mean = new float[moments[0].length];
    float[] rho = new float[mean.length];
    double average = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) moments[0][i];
      rho[i] = (float) (0.5 * Math.log(0.5 * moments[1][i] + LEAST_VARIANCE));
      average += moments[1][i] / mean.length;
    }
    flat.put(parameters, "decoder.frame", mean);
    switch (layout.deviations()) {
      case EACH -> flat.put(parameters, "likelihood.rho", rho);
      case SHARED ->
          flat.put(
              parameters,
              "likelihood.rho",
              new float[] {(float) (0.5 * Math.log(0.5 * average + LEAST_VARIANCE))});
      case NONE -> {}
    }
    return parameters;
  }

  /** From flat parameters to what scores, and the figure of early stopping. */
  private final class Assembled {
    private final ConvolutionalSpec found;
    private final Map<String, Tensor> fixed;
    private final float[] population;
    private final float[] stop;

    Assembled(
        ConvolutionalSpec found, Map<String, Tensor> fixed, float[] population, float[] stop) {
      this.found = found;
      this.fixed = fixed;
      this.population = population;
      this.stop = stop;
    }

    float[] stop() {
      return stop;
    }

    ModelWeights weights(float[] parameters) {
      Map<String, Tensor> trained = flat.toTensors(parameters);
      Map<String, Tensor> tensors = new HashMap<>(fixed);
      tensors.putAll(Folding.fold(trained, statistics(trained)));
      return new ModelWeights(found.format(), order.window(), found, tensors, Optional.empty());
    }

    /** Of the fitted frames, each layer's given the ones below it. */
    private Map<String, PlaneNormalisation.Statistics> statistics(Map<String, Tensor> trained) {
      PlaneNormalisation.Noting noting = new PlaneNormalisation.Noting();
      try (NDManager call = manager.newSubManager()) {
        Map<String, NDArray> parameters = new HashMap<>();
        trained.forEach((name, tensor) -> parameters.put(name, DeviceTensors.copy(call, tensor)));
        ConvolutionalNetwork network = new ConvolutionalNetwork(layout, parameters, noting);
        int values = layout.size().values();
        int rows = population.length / values;
        NDArray input = call.create(population, new Shape(rows, values));
        SplittableRandom random = new SplittableRandom(order.config().seed() + 3);
        float[] draws = new float[rows * layout.latent()];
        for (int i = 0; i < draws.length; i++) {
          draws[i] = (float) random.nextGaussian();
        }
        NDArray noise = call.create(draws, new Shape(1, rows, layout.latent()));
        network.decode(network.encode(input).sample(noise), input);
      }
      return noting.noted();
    }

    double negativeBound(float[] parameters) {
      try (FrameScorer scorer = FrameScorer.of(weights(parameters), manager.getDevice())) {
        int rows = order.stop().size();
        double[] figures = scorer.negativeElbos(stop, rows);
        Arrays.sort(figures);
        int kept = Math.max(1, rows - (int) (order.config().data().trim() * rows));
        return Arrays.stream(figures, 0, kept).average().orElseThrow();
      }
    }
  }
}
