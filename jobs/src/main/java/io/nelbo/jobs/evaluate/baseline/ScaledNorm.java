package io.nelbo.jobs.evaluate.baseline;

/** Length of the standardised row: no model at all. */
final class ScaledNorm implements Baseline {
  @Override
  public String name() {
    return "norm";
  }

  @Override
  public Fitted fit(float[][] rows) {
    Standardisation scale = Standardisation.fit(rows);
    return (row, fittedAs) -> {
      double sum = 0;
      for (double value : scale.apply(row)) {
        sum += value * value;
      }
      return Math.sqrt(sum);
    };
  }
}
