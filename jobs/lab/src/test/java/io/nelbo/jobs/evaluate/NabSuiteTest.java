package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NabSuiteTest {
  private static final LocalDateTime START = LocalDateTime.parse("2014-04-01T00:00:00");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final int ROWS = 800;
  private static final int SPIKE = 500;

  @TempDir private Path folder;

  @Test
  void findsTheSpikeAndWritesTheBenchmarksOwnFiles() throws Exception {
    Path data = corpus("spiky", "[[\"%s\", \"%s\"]]".formatted(stamp(480), stamp(520)));

    EvaluationReport report =
        TinyBenchmark.evaluate(TinyBenchmark.plan("nab", data, folder.resolve("out")));

    assertThat(report.mean()).containsOnlyKeys("standard", "reward_low_fp", "reward_low_fn");
    assertThat(TinyBenchmark.figure(report.mean(), "standard")).isBetween(30.0, 100.0);
    assertThat(TinyBenchmark.figure(report.sets(), "real/spiky", "windows_found")).isEqualTo(1);
    List<String> lines =
        Files.readAllLines(folder.resolve("out/results/nelbo/real/nelbo_spiky.csv"));
    assertThat(lines).hasSize(ROWS + 1).startsWith("timestamp,value,anomaly_score,label");
    assertThat(lines.get(1 + SPIKE))
        .startsWith(TIME.format(START.plusMinutes(5L * SPIKE)) + ",60.0,0.")
        .endsWith(",1");
    assertThat(lines.subList(1, 1 + NabSuite.probation(ROWS)))
        .allSatisfy(line -> assertThat(line).endsWith(",0.0,0"));
    assertThat(folder.resolve("out/results/knn/real/knn_spiky.csv")).exists();
  }

  @Test
  void onlyWhatOpensOrWorsensAnEpisodeCounts() {
    EpisodeEvents events = new EpisodeEvents(3);

    assertThat(events.next(0)).isZero();
    assertThat(events.next(1)).isEqualTo(0.5);
    assertThat(events.next(0.9)).isZero();
    assertThat(events.next(1)).isZero();
    assertThat(events.next(3)).isEqualTo(0.75);
    assertThat(events.next(2)).isZero();
    assertThat(events.next(2)).isZero();
    assertThat(events.next(1)).isZero();
    assertThat(events.next(2)).isZero();
    assertThat(events.next(3)).isEqualTo(0.75);
  }

  @Test
  void shortensWindowsForWhichASeriesIsTooShort() throws Exception {
    Path data = corpus("spiky", "[]");

    EvaluationReport report =
        TinyBenchmark.evaluate(
            new EvaluationPlan(
                "nab",
                EvaluationPlan.Data.of(data),
                new EvaluationPlan.Results(folder.resolve("out"), false),
                new EvaluationPlan.Models(
                    Optional.of(TinyBenchmark.QUICK.withWindowLength(16)), 0.01),
                List.of(),
                1,
                2));

    assertThat(report.sets()).containsKey("real/spiky");
  }

  @Test
  void looksAtNothingBeforeItsTurn() throws Exception {
    Path data = corpus("spiky", "[]");
    Path cut = folder.resolve("cut");
    List<String> lines = series();
    TinyBenchmark.gzip(
        cut.resolve("data/real/spiky.csv.gz"), "timestamp,value", changedAfter(lines, SPIKE));
    Files.createDirectories(cut.resolve("labels"));
    Files.copy(
        data.resolve("labels/combined_windows.json"), cut.resolve("labels/combined_windows.json"));

    TinyBenchmark.evaluate(TinyBenchmark.plan("nab", data, folder.resolve("a")));
    TinyBenchmark.evaluate(TinyBenchmark.plan("nab", cut, folder.resolve("b")));

    assertThat(upTo(SPIKE, folder.resolve("b"))).isEqualTo(upTo(SPIKE, folder.resolve("a")));
  }

  @Test
  void tellsAWindowWithoutRowsAndASeriesWithoutLabels() throws Exception {
    Path data = corpus("spiky", "[[\"2013-01-01 00:00:00\", \"2013-01-02 00:00:00.000000\"]]");
    Path other = corpus("another", "[]");
    Path labels = data.resolve("labels/combined_windows.json");

    EvaluationReport first =
        TinyBenchmark.evaluate(TinyBenchmark.plan("nab", data, folder.resolve("a")));
    Files.writeString(other.resolve("labels/combined_windows.json"), "{}");
    EvaluationReport second =
        TinyBenchmark.evaluate(TinyBenchmark.plan("nab", other, folder.resolve("b")));

    assertThat(first.failures())
        .containsExactly(
            new Failure(
                "real/spiky",
                "set",
                labels
                    + ": no row of real/spiky lies in the window"
                    + " [\"2013-01-01 00:00:00\",\"2013-01-02 00:00:00.000000\"]"));
    assertThat(second.failures())
        .containsExactly(
            new Failure(
                "real/another",
                "set",
                other.resolve("labels/combined_windows.json") + " does not list real/another.csv"));
    assertThat(second.mean()).containsEntry("standard", OptionalDouble.empty());
  }

  @Test
  void takesRowsAsTheyStandThoughTheirClockGoesBack() throws Exception {
    Path straight = corpus("spiky", "[[\"%s\", \"%s\"]]".formatted(stamp(480), stamp(520)));
    Path back = folder.resolve("back");
    List<String> lines = new ArrayList<>();
    for (String line : series()) {
      LocalDateTime time = LocalDateTime.parse(line.substring(0, line.indexOf(',')), TIME);
      boolean winter = lines.size() >= 600;
      lines.add(
          TIME.format(winter ? time.minusHours(1) : time) + line.substring(line.indexOf(',')));
    }
    TinyBenchmark.gzip(back.resolve("data/real/spiky.csv.gz"), "timestamp,value", lines);
    Files.createDirectories(back.resolve("labels"));
    Files.copy(
        straight.resolve("labels/combined_windows.json"),
        back.resolve("labels/combined_windows.json"));

    EvaluationReport first =
        TinyBenchmark.evaluate(TinyBenchmark.plan("nab", straight, folder.resolve("a")));
    EvaluationReport second =
        TinyBenchmark.evaluate(TinyBenchmark.plan("nab", back, folder.resolve("b")));

    assertThat(second.failures()).isEmpty();
    assertThat(second.mean()).isEqualTo(first.mean());
    assertThat(Files.readAllLines(folder.resolve("b/results/nelbo/real/nelbo_spiky.csv")).get(601))
        .startsWith(TIME.format(START.plusMinutes(5L * 600).minusHours(1)));
  }

  private Path corpus(String name, String windows) throws Exception {
    Path data = folder.resolve("of-" + name);
    TinyBenchmark.gzip(data.resolve("data/real/" + name + ".csv.gz"), "timestamp,value", series());
    Files.createDirectories(data.resolve("labels"));
    Files.writeString(
        data.resolve("labels/combined_windows.json"),
        "{\"real/%s.csv\": %s}".formatted(name, windows));
    return data;
  }

  /** Noise around 10 with one spike of 60. */
  private static List<String> series() {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double value = row == SPIKE ? 60 : 10 + random.nextGaussian();
      lines.add(String.format(Locale.ROOT, "%s,%.3f", stamp(row), value));
    }
    return lines;
  }

  private static List<String> changedAfter(List<String> lines, int row) {
    List<String> changed = new ArrayList<>(lines.subList(0, row + 1));
    for (int later = row + 1; later < lines.size(); later++) {
      changed.add(stamp(later) + ",1000");
    }
    return changed;
  }

  private static List<String> upTo(int row, Path out) throws Exception {
    return Files.readAllLines(out.resolve("results/nelbo/real/nelbo_spiky.csv"))
        .subList(0, row + 2);
  }

  private static String stamp(int row) {
    return TIME.format(START.plusMinutes(5L * row));
  }
}
