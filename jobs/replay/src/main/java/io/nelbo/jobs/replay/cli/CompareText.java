package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.replay.compare.Comparison;
import io.nelbo.jobs.replay.report.CompareSummary;
import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.text.ShownText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Two replays side by side on a terminal. */
final class CompareText {
  private static final int MOST_EPISODES = 10;

  private final PrintWriter out;

  CompareText(PrintWriter out) {
    this.out = out;
  }

  void print(Comparison comparison) {
    out.println("A  " + comparison.first().folder());
    out.println("B  " + comparison.second().folder());
    out.println();
    comparison
        .settings()
        .forEach(
            (name, texts) ->
                out.printf(
                    "%s: A %s, B %s%n", name, orNone(texts.first()), orNone(texts.second())));
    if (!comparison.settings().isEmpty()) {
      out.println();
    }
    int width = comparison.figures().keySet().stream().mapToInt(String::length).max().orElse(6);
    out.printf("%-" + width + "s  %12s  %12s  %12s%n", "", "A", "B", "B - A");
    comparison
        .figures()
        .forEach(
            (name, numbers) ->
                out.printf(
                    "%-" + width + "s  %12s  %12s  %12s%n",
                    name,
                    CompareSummary.number(numbers.first()),
                    CompareSummary.number(numbers.second()),
                    CompareSummary.difference(numbers)));
    out.println();
    CompareSummary.sentences(comparison).forEach(out::println);
    episodes("only in A", comparison.onlyFirst());
    episodes("only in B", comparison.onlySecond());
  }

  private void episodes(String where, List<ReplayEpisode> episodes) {
    for (ReplayEpisode episode : episodes.subList(0, Math.min(MOST_EPISODES, episodes.size()))) {
      out.printf(
          Locale.ROOT,
          "  %s: %s  %s  score %.2f%n",
          where,
          Instant.ofEpochMilli(episode.startMillis()),
          ShownText.of(episode.series()),
          episode.worst().score());
    }
    if (episodes.size() > MOST_EPISODES) {
      out.printf("  %s: %d more, see the page%n", where, episodes.size() - MOST_EPISODES);
    }
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "(none)" : text;
  }
}
