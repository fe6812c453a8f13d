package io.nelbo.model.objective;

/**
 * Compresses what lies far out: {@code g(v) = v} up to a border, beyond it {@code sign(v) (border +
 * log(1 + |v| - border))}. A bijection, so that order is kept and a density stays one: that of v is
 * the density of g(v) times the derivative of g.
 *
 * <p>A feature that settles at a level which training never had would otherwise outweigh all others
 * for ever, and a network of relus does not extrapolate to it.
 *
 * @param border in scaled units, positive; infinite where nothing is compressed
 */
public record SoftCut(double border) {
  /** Leaves everything as it is. */
  public static final SoftCut NONE = new SoftCut(Double.POSITIVE_INFINITY);

  /** {@code g(v)}; NaN stays. */
  public double cut(double value) {
    double beyond = Math.abs(value) - border;
    return beyond > 0 ? Math.copySign(border + Math.log1p(beyond), value) : value;
  }

  /** The inverse of {@link #cut}. */
  public double uncut(double cut) {
    double beyond = Math.abs(cut) - border;
    return beyond > 0 ? Math.copySign(border + Math.expm1(beyond), cut) : cut;
  }

  /** {@code -log g'(v)}: what a negative log-density of g(v) lacks to be one of v, in nats. */
  public double nats(double value) {
    double beyond = Math.abs(value) - border;
    return beyond > 0 ? Math.log1p(beyond) : 0;
  }

  /** Their sum over values, of which those that are NaN were not observed. */
  public double nats(float[] values, int from, int count) {
    double nats = 0;
    for (int i = from; i < from + count; i++) {
      nats += Float.isNaN(values[i]) ? 0 : nats(values[i]);
    }
    return nats;
  }
}
