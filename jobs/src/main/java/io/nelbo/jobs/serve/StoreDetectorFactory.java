package io.nelbo.jobs.serve;

import io.nelbo.jobs.store.StoreFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.network.DeviceChoice;
import io.nelbo.model.network.EngineDevice;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens detectors from one store, and from nowhere else. */
public final class StoreDetectorFactory implements DetectorFactory {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(StoreDetectorFactory.class);

  private final StoreFactory store;
  private final AcceptedModels accepted;
  private final ServingSettings settings;

  /**
   * @param store that artifacts come from
   * @param accepted which of them
   * @param settings how they are opened
   */
  public StoreDetectorFactory(
      StoreFactory store, AcceptedModels accepted, ServingSettings settings) {
    this.store = store;
    this.accepted = accepted;
    this.settings = settings;
  }

  @Override
  public Detector open(ModelNotice notice) throws IOException {
    ModelArtifact artifact = store.open().load(notice.uri(), notice.sha256());
    accepted.requireIdentity(artifact.manifest(), notice.version());
    return open(artifact);
  }

  /**
   * Opens an artifact of whatever name.
   *
   * @throws ArtifactException when it cannot score what it would be given
   */
  public Detector open(ModelArtifact artifact) throws ArtifactException {
    accepted.requireShape(artifact.manifest());
    Optional<String> refusal = artifact.manifest().calibration().refusal(settings.budget());
    if (refusal.isPresent()) {
      throw new ArtifactException(
          ArtifactException.Reason.WRONG_CALIBRATION,
          "artifact cannot keep to the alarms asked for: " + refusal.get());
    }
    try {
      return Detector.open(
          artifact,
          new DetectorSettings(settings.budget(), settings.minObserved(), settings.device()));
    } catch (IllegalArgumentException contradiction) {
      throw new ArtifactException(
          ArtifactException.Reason.INVALID,
          "artifact contradicts itself: " + contradiction.getMessage());
    }
  }

  @Override
  public DetectorFactory onDevice(AssignedGpus gpus) {
    try {
      DeviceChoice choice = EngineDevice.choose(settings.device(), gpus.indices(), gpus.subtask());
      LOG.info("scores are computed on {}: {}", choice.device(), choice.reason());
      return new StoreDetectorFactory(store, accepted, settings.on(choice.device()));
    } catch (IllegalArgumentException absent) {
      throw new IllegalStateException(
          "model.device %s cannot be used here: %s"
              .formatted(settings.device(), absent.getMessage()),
          absent);
    }
  }
}
