package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.metrics.NeighbourMap;
import io.nelbo.jobs.replay.metrics.PrincipalPlane;
import io.nelbo.jobs.replay.result.LatentPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latent space in two dimensions. */
final class LatentMaps {
  static final int MOST = 1_000;
  private static final int LEAST = 5;
  private static final double PERPLEXITY = 30;
  private static final int ITERATIONS = 500;

  private final long seed;

  LatentMaps(long seed) {
    this.seed = seed;
  }

  /** Null when there are too few points for a map. */
  @Nullable Map<String, Object> of(List<LatentPoint> latent) {
    List<LatentPoint> shown = evenly(latent);
    if (shown.size() < LEAST) {
      return null;
    }
    double[][] means = shown.stream().map(point -> doubles(point.mean())).toArray(double[][]::new);
    PrincipalPlane plane = PrincipalPlane.of(means);
    Map<String, Object> maps = new LinkedHashMap<>();
    maps.put("principal", rounded(plane.coordinates()));
    maps.put("shares", new double[] {plane.firstShare(), plane.secondShare()});
    maps.put("neighbours", rounded(new NeighbourMap(PERPLEXITY, ITERATIONS, seed).of(means)));
    maps.put("series", shown.stream().map(LatentPoint::series).toList());
    maps.put("times", shown.stream().mapToLong(LatentPoint::eventTimeMillis).toArray());
    maps.put("scores", shown.stream().map(point -> NumberText.cell(point.score(), 4)).toList());
    maps.put("labels", shown.stream().mapToInt(LatentPoint::label).toArray());
    maps.put("dimensions", means[0].length);
    return maps;
  }

  /** Anomalies come first in the sample, so that every k-th point keeps the mixture. */
  private static List<LatentPoint> evenly(List<LatentPoint> latent) {
    if (latent.size() <= MOST) {
      return latent;
    }
    List<LatentPoint> kept = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      kept.add(latent.get((int) ((long) i * latent.size() / MOST)));
    }
    return kept;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static List<List<@Nullable Double>> rounded(double[][] coordinates) {
    List<List<@Nullable Double>> cells = new ArrayList<>();
    for (double[] at : coordinates) {
      List<@Nullable Double> point = new ArrayList<>();
      point.add(NumberText.cell(at[0], 4));
      point.add(NumberText.cell(at[1], 4));
      cells.add(point);
    }
    return cells;
  }
}
