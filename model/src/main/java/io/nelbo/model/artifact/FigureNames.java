package io.nelbo.model.artifact;

/**
 * Names of the figures that manifests and decisions carry. Names ending in {@code _negative_elbo}
 * are nats of raw features, per window; shares are between 0 and 1. What begins with {@code
 * incumbent_} is the same of the model that governs.
 */
public final class FigureNames {
  /** Of a training: mean of the windows that it was calibrated on. */
  public static final String HELD_OUT_NEGATIVE_ELBO = "held_out_negative_elbo";

  /** Of a training: windows that it was calibrated on. */
  public static final String CALIBRATION_ROWS = "calibration_rows";

  /** Of a training: independent records that these are worth. */
  public static final String CALIBRATION_EFFECTIVE_SAMPLE = "calibration_effective_sample";

  /** Of a training: the step whose weights were kept. */
  public static final String BEST_STEP = "best_step";

  /** Of the gate: windows that were compared on. */
  public static final String HELD_OUT_WINDOWS = "held_out_windows";

  public static final String CANDIDATE_NEGATIVE_ELBO = "candidate_negative_elbo";
  public static final String INCUMBENT_NEGATIVE_ELBO = "incumbent_negative_elbo";

  /** Of a model that knows each feature by itself alone. */
  public static final String BASELINE_NEGATIVE_ELBO = "baseline_negative_elbo";

  /** By how much the candidate is worse than the best of its predecessors, in nats. */
  public static final String DIFFERENCE = "difference";

  public static final String DIFFERENCE_LOWER = "difference_lower";
  public static final String DIFFERENCE_UPPER = "difference_upper";

  /** Share of the held-out rows that alarm. */
  public static final String ALARM_RATE = "alarm_rate";

  /** How often p-values below 0.1 come, over how often they should. */
  public static final String CALIBRATION_RATIO = "calibration_ratio";

  /** Latent dimensions whose posterior mean varies. */
  public static final String ACTIVE_LATENTS = "active_latents";

  /** Share of the planted faults that are noticed; with a kind of fault behind it, of those. */
  public static final String POWER = "power";

  /** The smallest alarm rate that the calibration supports. */
  public static final String SMALLEST_RATE = "smallest_rate";

  private static final String INCUMBENT = "incumbent_";

  private FigureNames() {}

  /** The same figure of the model that governs. */
  public static String ofIncumbent(String name) {
    return INCUMBENT + name;
  }
}
