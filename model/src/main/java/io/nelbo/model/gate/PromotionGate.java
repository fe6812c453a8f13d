package io.nelbo.model.gate;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.detect.UnusableModelException;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a candidate may take the incumbent's place, on held-out rows that neither
 * fitting, stopping nor calibration of the candidate has seen.
 *
 * <p>Pure: the same models, rows and seed give the same verdict, so that a decision that is
 * repeated after a failure is the same decision.
 */
public final class PromotionGate {
  private static final int MOST_WINDOWS = 4000;

  /** Fewer held-out windows compare nothing. */
  public static final int LEAST_WINDOWS = 50;

  private final GateSettings settings;

  public PromotionGate(GateSettings settings) {
    this.settings = settings;
  }

  /**
   * Judges a candidate.
   *
   * @param predecessors models that were activated before, the incumbent first; empty for the first
   *     model ever, which passes if it is sane. Those that cannot score these rows are left out
   * @param fitted rows that the candidate was trained on
   * @param heldOut the newest rows of the span; for the first model the span itself will do
   */
  public GateOutcome judge(
      ModelArtifact candidate,
      List<ModelArtifact> predecessors,
      TrainingSpan fitted,
      TrainingSpan heldOut) {
    HeldOutWindows windows =
        new HeldOutWindows(heldOut, candidate.manifest().windowLength(), MOST_WINDOWS);
    Findings findings = new Findings();
    findings.figure(FigureNames.HELD_OUT_WINDOWS, windows.size());
    List<ModelOnRows> opened = new ArrayList<>();
    try {
      ModelOnRows model = open(candidate, windows);
      opened.add(model);
      List<ModelOnRows> rivals = new ArrayList<>();
      for (ModelArtifact predecessor : predecessors) {
        try {
          requireSameFeatures(candidate, predecessor);
          ModelOnRows rival = open(predecessor, windows);
          opened.add(rival);
          rivals.add(rival);
        } catch (UnusableModelException | IllegalArgumentException unusable) {
          findings.remark(
              "%s is not compared with: %s",
              predecessor.manifest().version(), String.valueOf(unusable.getMessage()));
        }
      }
      rivals.stream().findFirst().ifPresent(rival -> findings.comparedWith(rival.version()));
      new Examination(
              settings,
              candidate.manifest(),
              windows,
              model,
              rivals,
              isFirst(rivals, predecessors),
              findings)
          .examine(fitted);
    } catch (UnusableModelException | IllegalArgumentException broken) {
      findings.reject("%s", String.valueOf(broken.getMessage()));
    } finally {
      opened.forEach(ModelOnRows::close);
    }
    return findings.outcome();
  }

  private static boolean isFirst(List<ModelOnRows> rivals, List<ModelArtifact> predecessors) {
    return !rivals.isEmpty()
        && rivals.get(0).version().equals(predecessors.get(0).manifest().version());
  }

  /** Whether the rows are enough to compare models on. */
  public static boolean canCompare(TrainingSpan heldOut, int windowLength) {
    return new HeldOutWindows(heldOut, windowLength, LEAST_WINDOWS).size() == LEAST_WINDOWS;
  }

  private static void requireSameFeatures(ModelArtifact candidate, ModelArtifact predecessor) {
    requireArgument(
        predecessor.manifest().window().record().equals(candidate.manifest().window().record()),
        "it has %s",
        predecessor.manifest().window().record().inNames());
  }

  private ModelOnRows open(ModelArtifact artifact, HeldOutWindows windows) {
    return ModelOnRows.score(artifact, settings.detector(), windows, settings.seed());
  }
}
