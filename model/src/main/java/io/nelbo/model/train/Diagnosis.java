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
    List<String> warnings =
        new ArrayList<>(
            latentWarnings(active, latent, given ? "the older records and the context" : "itself"));
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

  /** The same of a model that has no simpler one to be compared with. */
  static Diagnosis of(float[] posteriorMeans, int latent) {
    int active = ActiveLatents.count(posteriorMeans, latent);
    return new Diagnosis(active, latentWarnings(active, latent, "the mean frame"));
  }

  private static List<String> latentWarnings(int active, int latent, String known) {
    if (active == 0) {
      return List.of(
          "no latent dimension is used: the posterior has collapsed to the prior and the model"
              + " knows each feature only by "
              + known);
    }
    if (active <= latent / 4) {
      return List.of(
          String.format(
              "only %s of %s latent dimensions are used: fewer would do", active, latent));
    }
    return List.of();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
