package io.nelbo.model.score;

/**
 * What the model expects of one window's newest record, in scaled units.
 *
 * @param mean of each feature, over the posterior
 * @param standardDeviation around it: the likelihood's own for this record and the spread of the
 *     decoder's mean over the posterior
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record Expectation(double[] mean, double[] standardDeviation) {
  /**
   * Over latent draws: the variance is the mean of the variances and the variance of the means.
   *
   * @param means of all draws, one after the other
   * @param variances placed as the means are
   * @param from where the features of the first draw begin
   * @param drawLength from a draw to the next
   */
  public static Expectation overDraws(
      float[] means, float[] variances, int from, int drawLength, int features) {
    int draws = means.length / drawLength;
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int feature = 0; feature < features; feature++) {
      double sum = 0;
      for (int draw = 0; draw < draws; draw++) {
        sum += means[draw * drawLength + from + feature];
      }
      mean[feature] = sum / draws;
      double squares = 0;
      for (int draw = 0; draw < draws; draw++) {
        double difference = means[draw * drawLength + from + feature] - mean[feature];
        squares += difference * difference + variances[draw * drawLength + from + feature];
      }
      deviation[feature] = Math.sqrt(squares / draws);
    }
    return new Expectation(mean, deviation);
  }
}
