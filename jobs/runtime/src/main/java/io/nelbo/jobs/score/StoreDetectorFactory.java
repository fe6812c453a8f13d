package io.nelbo.jobs.score;

import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.network.DeviceChoice;
import io.nelbo.model.network.EngineDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens detectors from the configured store, and from nowhere else. */
public final class StoreDetectorFactory implements DetectorFactory {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(StoreDetectorFactory.class);

  private final ModelConfig model;
  private final String modelId;
  private final List<String> features;
  private final List<String> context;
  private final int windowLength;
  private final AlarmBudget budget;
  private final double minObserved;
  private final String device;

  public StoreDetectorFactory(NelboConfig config) {
    model = config.model();
    modelId = config.model().id();
    features = List.copyOf(config.features());
    context = config.columns().contextNames();
    windowLength = config.window().length();
    budget = config.alert().budget();
    minObserved = config.model().minObserved();
    device = config.model().device();
  }

  private StoreDetectorFactory(StoreDetectorFactory other, String device) {
    model = other.model;
    modelId = other.modelId;
    features = other.features;
    context = other.context;
    windowLength = other.windowLength;
    budget = other.budget;
    minObserved = other.minObserved;
    this.device = device;
  }

  @Override
  public Detector open(ModelNotice notice) throws IOException {
    ModelArtifact artifact = ArtifactStores.open(model).load(notice.uri(), notice.sha256());
    Manifest manifest = artifact.manifest();
    require(
        manifest.modelId().equals(modelId) && manifest.version().equals(notice.version()),
        ArtifactException.Reason.INVALID,
        "is %s %s, announced as %s %s",
        manifest.modelId(),
        manifest.version(),
        modelId,
        notice.version());
    return open(artifact);
  }

  /**
   * Opens an artifact of whatever name.
   *
   * @throws ArtifactException when it cannot score what the configuration gives it
   */
  public Detector open(ModelArtifact artifact) throws ArtifactException {
    Manifest manifest = artifact.manifest();
    requireShape(manifest);
    Optional<String> refusal = manifest.calibration().refusal(budget);
    require(
        refusal.isEmpty(),
        ArtifactException.Reason.WRONG_CALIBRATION,
        "cannot keep to the alarms asked for: %s",
        refusal.orElse(""));
    try {
      return Detector.open(artifact, new DetectorSettings(budget, minObserved, device));
    } catch (IllegalArgumentException contradiction) {
      throw new ArtifactException(
          ArtifactException.Reason.INVALID,
          "artifact contradicts itself: " + contradiction.getMessage());
    }
  }

  /**
   * Whether a model sees what the configuration gives it: the same features, context and windows.
   *
   * @throws ArtifactException naming both sides when it does not
   */
  public void requireShape(Manifest manifest) throws ArtifactException {
    require(
        manifest.featureNames().equals(features),
        ArtifactException.Reason.WRONG_FEATURES,
        "has features %s, the configuration has %s",
        manifest.featureNames(),
        features);
    require(
        manifest.contextNames().equals(context),
        ArtifactException.Reason.WRONG_FEATURES,
        "has context %s, the configuration has %s",
        manifest.contextNames(),
        context);
    require(
        manifest.windowLength() == windowLength,
        ArtifactException.Reason.WRONG_FEATURES,
        "has windows of %s records, the configuration has window.length %s",
        manifest.windowLength(),
        windowLength);
  }

  @Override
  public DetectorFactory onDevice(AssignedGpus gpus) {
    try {
      DeviceChoice choice = EngineDevice.choose(device, gpus.indices(), gpus.subtask());
      LOG.info("scores are computed on {}: {}", choice.device(), choice.reason());
      return new StoreDetectorFactory(this, choice.device());
    } catch (IllegalArgumentException absent) {
      throw new IllegalStateException(
          "model.device %s cannot be used here: %s".formatted(device, absent.getMessage()), absent);
    }
  }

  private static void require(
      boolean condition, ArtifactException.Reason reason, String message, Object... values)
      throws ArtifactException {
    if (!condition) {
      throw new ArtifactException(reason, "artifact " + String.format(message, values));
    }
  }
}
