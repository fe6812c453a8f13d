package io.nelbo.jobs.demo.judge;

import java.util.OptionalDouble;

/**
 * How well the scores tell anomalous records from normal ones, whatever the border, and which
 * records were asked: all that were scored and carry a label, by whichever model.
 *
 * @param normal records labelled normal
 * @param anomalous records labelled anomalous
 * @param auroc empty unless there are both kinds
 * @param averagePrecision empty unless there are both kinds
 */
public record Ranking(
    long normal, long anomalous, OptionalDouble auroc, OptionalDouble averagePrecision) {
  /** Of a run without labels. */
  public static final Ranking NONE =
      new Ranking(0, 0, OptionalDouble.empty(), OptionalDouble.empty());

  public long labelled() {
    return normal + anomalous;
  }
}
