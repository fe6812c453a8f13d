package io.nelbo.jobs.serve;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import java.io.Serializable;
import java.util.List;

/**
 * Which models may serve: those of one name that see what the records are made of. Every subtask
 * and every replay refuses alike, for it is a function of the manifest.
 *
 * @param modelId under which they are announced
 * @param record what each is made of
 * @param windowLength records per window
 */
public record AcceptedModels(String modelId, RecordShape record, int windowLength)
    implements Serializable {
  public AcceptedModels {
    requireArgument(!modelId.isBlank(), "modelId must not be blank, got '%s'", modelId);
    requireArgument(windowLength > 0, "windowLength must be positive, got %s", windowLength);
  }

  /**
   * Whether an artifact is the one that was announced.
   *
   * @throws ArtifactException naming both
   */
  void requireIdentity(Manifest manifest, String version) throws ArtifactException {
    require(
        manifest.modelId().equals(modelId) && manifest.version().equals(version),
        ArtifactException.Reason.INVALID,
        "is %s %s, announced as %s %s",
        manifest.modelId(),
        manifest.version(),
        modelId,
        version);
  }

  /**
   * Whether a model sees what the configuration gives it: the same features, context and windows.
   *
   * @throws ArtifactException naming both sides when it does not
   */
  public void requireShape(Manifest manifest) throws ArtifactException {
    RecordShape wanted = record.asModelled();
    RecordShape seen = manifest.window().record();
    if (seen instanceof RecordColumns theirs && wanted instanceof RecordColumns ours) {
      requireSame("features", theirs.features(), ours.features());
      requireSame("context", theirs.contextNames(), ours.contextNames());
    }
    require(
        seen.equals(wanted),
        ArtifactException.Reason.WRONG_FEATURES,
        "has %s, the configuration has %s",
        seen.inWords(),
        wanted.inWords());
    require(
        manifest.windowLength() == windowLength,
        ArtifactException.Reason.WRONG_FEATURES,
        "has windows of %s records, the configuration has window.length %s",
        manifest.windowLength(),
        windowLength);
  }

  private static void requireSame(String what, List<String> theirs, List<String> ours)
      throws ArtifactException {
    require(
        theirs.equals(ours),
        ArtifactException.Reason.WRONG_FEATURES,
        "has %s %s, the configuration has %s",
        what,
        theirs,
        ours);
  }

  private static void require(
      boolean condition, ArtifactException.Reason reason, String message, Object... values)
      throws ArtifactException {
    if (!condition) {
      throw new ArtifactException(reason, "artifact " + String.format(message, values));
    }
  }
}
