package io.nelbo.jobs.testing;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Real models of {@link CorrelatedSensors}, trained in a few seconds, once per test run. */
public final class TestModels {
  /** The model's name: the fallback of {@code TestConfig}'s detector. */
  public static final String ID = "test";

  /** The record that {@link #publishPoisoned} fails on: far out, with these signs. */
  @SuppressWarnings("MutablePublicArray") // of the tests, which clone it
  public static final float[] POISON = {1e9f, 1e9f, -1e9f};

  /** The {@code alert.smooth} that they know beside 1. */
  public static final int SMOOTHED = 3;

  private static final int SERIES = 4;
  private static final int RECORDS = 500;

  private record Which(int windowLength, int version) {}

  private static final Map<Which, ModelArtifact> TRAINED = new ConcurrentHashMap<>();

  private TestModels() {}

  /** A model of its own per window length and version. */
  public static ModelArtifact artifact(int windowLength, int version) {
    return TRAINED.computeIfAbsent(new Which(windowLength, version), TestModels::train);
  }

  /** Puts the model into the store. */
  public static PublishedArtifact publish(Path store, int windowLength, int version)
      throws IOException {
    return new LocalArtifactStore(store).publish(artifact(windowLength, version));
  }

  /**
   * Puts a model into the store that scores every record but {@link #POISON}: there, a hidden unit
   * that no weight leads on from overflows, and infinity times zero is no number.
   */
  public static PublishedArtifact publishPoisoned(Path store, int version) throws IOException {
    ModelArtifact sound = artifact(1, version);
    Map<String, Tensor> tensors = new HashMap<>(sound.tensors());
    Tensor first = copy(tensors, "encoder.0.weight");
    float most = Float.MAX_VALUE / 25; // times the clip of 10: two fit, three do not
    Arrays.fill(first.values(), 0, first.shape()[1], 0);
    first.values()[0] = most;
    first.values()[1] = most;
    first.values()[2] = -most;
    Tensor second = copy(tensors, "encoder.1.weight");
    for (int row = 0; row < second.shape()[0]; row++) {
      second.values()[row * second.shape()[1]] = 0;
    }
    return new LocalArtifactStore(store).publish(new ModelArtifact(sound.manifest(), tensors));
  }

  private static Tensor copy(Map<String, Tensor> tensors, String name) {
    Tensor copy =
        Objects.requireNonNull(
            tensors.computeIfPresent(
                name, (same, tensor) -> new Tensor(tensor.shape(), tensor.values().clone())));
    return copy;
  }

  /** The event that activates a published model. */
  public static ModelNotice activation(
      PublishedArtifact artifact, long offset, long effectiveFromMillis) {
    return NewNotice.activation(
            artifact,
            effectiveFromMillis,
            new ModelNotice.Span(0, 1, SERIES * RECORDS),
            0,
            ModelNotice.Why.of(ModelTrigger.FIRST),
            0)
        .withOffset(offset);
  }

  private static ModelArtifact train(Which which) {
    List<Segment> segments = new ArrayList<>();
    for (int series = 0; series < SERIES; series++) {
      segments.add(segment("s" + series, 100L * which.version() + series));
    }
    TrainingSpan span = new TrainingSpan(CorrelatedSensors.NAMES, segments, 0, RECORDS * 1_000L);
    TrainingConfig config =
        TrainingConfig.defaults()
            .withData(new DataRules(which.windowLength(), false, 0.05, 0.1))
            .withNetwork(new NetworkSize(16, 2, 4))
            .withDescent(new Descent(1_500, 64, 3e-3, 0.3, 2))
            .withAlerts(new AlertRules(Duration.ofMinutes(10), SMOOTHED))
            .withBudget(Duration.ofMinutes(1))
            .withSeed(which.version());
    try {
      return new Trainer()
          .train(new TrainingRequest(ID, which.version(), span, config, "first"), progress -> true)
          .artifact();
    } catch (TrainingException e) {
      throw new IllegalStateException("the test model could not be trained", e);
    }
  }

  private static Segment segment(String series, long seed) {
    CorrelatedSensors sensors = new CorrelatedSensors(seed);
    long[] times = new long[RECORDS];
    float[] values = new float[RECORDS * CorrelatedSensors.NAMES.size()];
    for (int i = 0; i < RECORDS; i++) {
      times[i] = i * 1_000L;
      System.arraycopy(sensors.normal(), 0, values, i * 3, 3);
    }
    return new Segment(series, times, values);
  }

  /** A model of one record's window that says it is this version. */
  public static ModelArtifact numbered(int version) {
    ModelArtifact trained = artifact(1, 1);
    return new ModelArtifact(
        trained
            .manifest()
            .movedTo("test", "v%06d".formatted(version), trained.manifest().provenance()),
        trained.tensors());
  }
}
