package io.nelbo.model.score;

import java.util.List;
import java.util.stream.IntStream;

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
   * Where the values of rows lie, draw after draw.
   *
   * @param rows that count
   * @param nativeRows of each draw
   * @param width values of each row
   * @param features the first of them, that count
   */
  public record Placing(int rows, int nativeRows, int width, int features) {}

  /**
   * Of each row, over latent draws: the variance is the mean of the variances and the variance of
   * the means.
   *
   * @param means of all draws, one after the other
   * @param variances placed as the means are
   */
  public static List<Expectation> overDraws(float[] means, float[] variances, Placing placing) {
    return IntStream.range(0, placing.rows())
        .mapToObj(row -> overDraws(means, variances, placing, row * placing.width()))
        .toList();
  }

  private static Expectation overDraws(
      float[] means, float[] variances, Placing placing, int from) {
    int drawLength = placing.nativeRows() * placing.width();
    int draws = means.length / drawLength;
    double[] mean = new double[placing.features()];
    double[] deviation = new double[placing.features()];
    for (int feature = 0; feature < mean.length; feature++) {
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
