package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.model.score.Attribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * HitRate@P% (Su et al. 2019, KDD, OmniAnomaly): of the g features that caused a segment, the share
 * among the first {@code floor(P g / 100)} that the detector blames; mean over the segments. They
 * rate per row, here it is per segment: the blame of its strangest row, which is what the event at
 * the end of an episode shows. A feature without blame is not counted as named.
 *
 * <p>Lines are {@code start-end:dims}, rows counted from 0 and dimensions from 1. Some benchmarks
 * count the end in and some do not; the labels decide: of the rows start to end, both included and
 * before the next segment, those that are labelled belong.
 */
final class HitRates {
  private static final Pattern LINE = Pattern.compile("(\\d{1,9})-(\\d{1,9}):(\\d+(?:,\\d+)*)");

  /** A labelled stretch and the features that caused it. */
  private record Segment(List<Integer> rows, Set<String> causes) {}

  /** A line of the file, counted from 1. */
  private record Line(int number, int start, int end, Set<String> causes) {}

  /** Blames features for rows, each the worst first. */
  interface Explainer extends Function<int[], List<List<Attribution>>> {}

  private final List<Segment> segments;

  private HitRates(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * @return empty when there is no such file
   */
  static Optional<HitRates> read(Path file, LabelledRows test) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<Line> lines = lines(file, test.features());
    List<Segment> segments = new ArrayList<>();
    int next = test.size();
    for (Line line : lines) {
      int end = Math.min(line.end(), next - 1);
      List<Integer> rows =
          IntStream.rangeClosed(line.start(), end)
              .filter(row -> test.anomalous()[row])
              .boxed()
              .toList();
      if (rows.isEmpty()) {
        throw new BenchmarkDataException(
            String.format(
                "%s line %d: no row of it is labelled in %s", file, line.number(), test.source()));
      }
      segments.add(new Segment(rows, line.causes()));
      next = line.start();
    }
    return Optional.of(new HitRates(segments));
  }

  /** The last segment first, in whatever order the file has them. */
  private static List<Line> lines(Path file, List<String> features) throws IOException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      Matcher matcher = LINE.matcher(text.strip());
      if (matcher.matches()) {
        lines.add(
            new Line(
                number,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                causes(file, number, matcher.group(3), features)));
      } else if (!text.isBlank()) {
        throw new BenchmarkDataException(
            String.format(
                "%s line %d: '%s' is not start-end:dimension,dimension", file, number, text));
      }
    }
    lines.sort(Comparator.comparingInt(Line::start).reversed());
    return lines;
  }

  /**
   * @param scores of the test rows
   */
  Map<String, OptionalDouble> rate(double[] scores, Explainer explainer) {
    int[] strangest =
        segments.stream()
            .mapToInt(
                segment ->
                    segment.rows().stream()
                        .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                        .orElseThrow())
            .toArray();
    List<List<Attribution>> blamed = explainer.apply(strangest);
    Map<String, OptionalDouble> rates = new LinkedHashMap<>();
    for (int percent : new int[] {100, 150}) {
      double sum = 0;
      for (int i = 0; i < strangest.length; i++) {
        sum += hitRate(segments.get(i).causes(), blamed.get(i), percent);
      }
      rates.put(
          "hit_rate_" + percent,
          segments.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum / segments.size()));
    }
    return rates;
  }

  private static double hitRate(Set<String> causes, List<Attribution> blamed, int percent) {
    long hits =
        blamed.stream()
            .limit((long) causes.size() * percent / 100)
            .filter(attribution -> attribution.share() > 0)
            .filter(attribution -> causes.contains(attribution.feature()))
            .count();
    return hits / (double) causes.size();
  }

  private static Set<String> causes(Path file, int number, String dimensions, List<String> features)
      throws BenchmarkDataException {
    Set<String> causes = new HashSet<>();
    for (String dimension : dimensions.split(",", -1)) {
      int index = Integer.parseInt(dimension) - 1;
      if (index < 0 || index >= features.size()) {
        throw new BenchmarkDataException(
            String.format(
                "%s line %d: dimension %s must lie in 1..%d",
                file, number, dimension, features.size()));
      }
      causes.add(features.get(index));
    }
    return causes;
  }
}
