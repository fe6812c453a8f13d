package io.nelbo.model.train;

/** Latent dimensions that a model uses: those whose posterior mean varies (Burda et al. 2016). */
public final class ActiveLatents {
  /** Variance of a posterior mean above which the dimension counts as used. */
  private static final double LEAST_VARIANCE = 0.01;

  private ActiveLatents() {}

  /**
   * How many there are.
   *
   * @param posteriorMeans of some windows, {@code rows x latent}
   * @param latent dimensions
   */
  public static int count(float[] posteriorMeans, int latent) {
    int active = 0;
    for (int dimension = 0; dimension < latent; dimension++) {
      if (variance(posteriorMeans, latent, dimension) > LEAST_VARIANCE) {
        active++;
      }
    }
    return active;
  }

  private static double variance(float[] values, int width, int column) {
    int rows = values.length / width;
    double mean = 0;
    for (int row = 0; row < rows; row++) {
      mean += values[row * width + column] / rows;
    }
    double square = 0;
    for (int row = 0; row < rows; row++) {
      double difference = values[row * width + column] - mean;
      square += difference * difference / rows;
    }
    return square;
  }
}
