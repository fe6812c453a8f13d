package io.nelbo.model.descent;

/**
 * Adam (Kingma and Ba 2015) with the gradient's norm clipped, in plain Java.
 *
 * <p>The state lives on the heap, so a training leaves nothing behind in native memory.
 */
final class Adam {
  private static final float FIRST = 0.9f;
  private static final float SECOND = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[] mean;
  private final float[] square;
  private final double mostNorm;
  private int steps;

  Adam(int parameters, double mostNorm) {
    mean = new float[parameters];
    square = new float[parameters];
    this.mostNorm = mostNorm;
  }

  /**
   * Moves the parameters one step against the gradient.
   *
   * @return false, with nothing moved, when the gradient is not finite
   */
  boolean step(float[] parameters, float[] gradient, double learningRate) {
    double norm = norm(gradient);
    if (!Double.isFinite(norm)) {
      return false;
    }
    steps++;
    float clip = (float) Math.min(1, mostNorm / Math.max(norm, 1e-30));
    float meanCorrection = (float) (learningRate / (1 - Math.pow(FIRST, steps)));
    float squareCorrection = (float) (1 / (1 - Math.pow(SECOND, steps)));
    for (int i = 0; i < parameters.length; i++) {
      float slope = gradient[i] * clip;
      mean[i] = FIRST * mean[i] + (1 - FIRST) * slope;
      square[i] = SECOND * square[i] + (1 - SECOND) * slope * slope;
      parameters[i] -=
          meanCorrection * mean[i] / ((float) Math.sqrt(square[i] * squareCorrection) + EPSILON);
    }
    return true;
  }

  private static double norm(float[] gradient) {
    double sum = 0;
    for (float slope : gradient) {
      sum += (double) slope * slope;
    }
    return Math.sqrt(sum);
  }
}
