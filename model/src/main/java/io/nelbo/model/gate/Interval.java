package io.nelbo.model.gate;

import java.util.Locale;

/** A mean and where it lies with 95 % confidence. */
record Interval(double mean, double lower, double upper) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f nats per record (95 %% interval %.3f to %.3f)", mean, lower, upper);
  }
}
