package io.nelbo.model.network;

import ai.djl.ndarray.NDArray;

/**
 * Arithmetic with constants that is safe under a gradient.
 *
 * <p>The engine keeps an operand for the backward pass, but a scalar given as a {@link Number} lies
 * in a temporary buffer that is released before that pass: whenever the garbage collector runs in
 * between, the gradient is computed from freed memory. These constants belong to the manager of the
 * array and live as long as it does.
 */
public final class Constants {
  private Constants() {}

  /** {@code array * factor}, in the array's manager. */
  public static NDArray times(NDArray array, double factor) {
    return array.mul(array.getManager().create((float) factor));
  }

  /** {@code array + term}, in the array's manager. */
  public static NDArray plus(NDArray array, double term) {
    return array.add(array.getManager().create((float) term));
  }

  /** {@code 1 / array}, in the array's manager. */
  public static NDArray reciprocal(NDArray array) {
    return array.getManager().create(1f).div(array);
  }
}
