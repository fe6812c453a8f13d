package io.nelbo.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is wrong with a trained model, in words.
 *
 * @param activeLatents latent dimensions whose posterior mean varies
 * @param warnings empty when all is well
 */
record Diagnosis(int activeLatents, List<String> warnings) {
  Diagnosis {
    warnings = List.copyOf(warnings);
  }

  /**
   * @param posteriorMeans of held-out windows, {@code rows x latent}
   * @param latent dimensions
   * @param negativeElbos of the same windows under the model, in nats
   * @param independent of the same windows under independent Gaussians per feature: all that the
   *     norm of the scaled row knows
   * @param given whether the decoder sees older records or context too: without a latent, it still
   *     knows these
   */
  static Diagnosis of(
      float[] posteriorMeans,
      int latent,
      double[] negativeElbos,
      double[] independent,
      boolean given) {
    int active = ActiveLatents.count(posteriorMeans, latent);
    List<String> warnings = new ArrayList<>();
    if (active == 0) {
      warnings.add(
          "no latent dimension is used: the posterior has collapsed to the prior and the model"
              + " knows each feature only by "
              + (given ? "the older records and the context" : "itself"));
    } else if (active <= latent / 4) {
      warnings.add(
          String.format(
              "only %s of %s latent dimensions are used: fewer would do", active, latent));
    }
    double model = median(negativeElbos);
    double norm = median(independent);
    if (model >= norm) {
      warnings.add(
          String.format(
              "the model (%.2f nats, median) explains held-out windows no better than the norm of"
                  + " the scaled row (%.2f nats): it found no relation between features",
              model, norm));
    }
    return new Diagnosis(active, warnings);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
