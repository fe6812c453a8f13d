package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.text.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The worst episodes with the features to blame. */
final class EpisodeCards {
  static final int MOST = 200;

  private EpisodeCards() {}

  /** At most {@link #MOST}, the worst first. */
  static List<Map<String, @Nullable Object>> of(List<ReplayEpisode> episodes) {
    return episodes.stream()
        .sorted(
            Comparator.comparingDouble((ReplayEpisode episode) -> -episode.worst().score())
                .thenComparing(ReplayEpisode::startMillis))
        .limit(MOST)
        .map(EpisodeCards::card)
        .toList();
  }

  /** In words, what is not shown. */
  static List<String> leftOut(List<ReplayEpisode> episodes) {
    return episodes.size() <= MOST
        ? List.of()
        : List.of(
            "The %s worst of %s episodes are listed; anomalies.jsonl holds all."
                .formatted(MOST, NumberText.count(episodes.size())));
  }

  static Map<String, @Nullable Object> card(ReplayEpisode episode) {
    ReplayEpisode.Worst worst = episode.worst();
    Map<String, @Nullable Object> card = new LinkedHashMap<>();
    card.put("series", episode.series());
    card.put("start", episode.startMillis());
    card.put("end", episode.endMillis());
    card.put("records", episode.records());
    card.put("at", worst.eventTimeMillis());
    card.put("score", NumberText.cell(worst.score(), 4));
    card.put("p", NumberText.cell(worst.pValue(), 3));
    card.put("negativeElbo", NumberText.cell(worst.negativeElbo(), 5));
    card.put("reconstruction", NumberText.cell(worst.reconstruction(), 5));
    card.put("kl", NumberText.cell(worst.kl(), 5));
    card.put("model", worst.model());
    card.put("file", worst.file());
    episode
        .sight()
        .ifPresent(
            sight -> {
              card.put("channel", sight.channel());
              card.put("places", sight.places());
              card.put("heatMap", sight.heatMap());
            });
    List<Map<String, @Nullable Object>> blamed = new ArrayList<>();
    for (ReplayEpisode.Blamed blame : episode.blamed()) {
      Map<String, @Nullable Object> feature = new LinkedHashMap<>();
      feature.put("feature", blame.feature());
      feature.put("share", NumberText.cell(blame.share(), 3));
      feature.put("observed", NumberText.cell(blame.observed(), 6));
      feature.put("expected", NumberText.cell(blame.expected(), 6));
      feature.put("deviation", NumberText.cell(blame.expectedStandardDeviation(), 4));
      blamed.add(feature);
    }
    card.put("blamed", blamed);
    return card;
  }
}
