package io.nelbo.jobs.demo;

import io.nelbo.model.evaluate.RankingMetrics;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the output topics have told so far, counted record by record. Everything here was read
 * committed; nothing is inferred from what was sent. One thread only.
 */
final class Tally {
  private final Map<String, Episode> episodes = new LinkedHashMap<>();
  private final List<String> modelVersions = new ArrayList<>();
  private final List<Double> labelledScores = new ArrayList<>();
  private final List<Boolean> labels = new ArrayList<>();
  private Optional<Instant> firstEffective = Optional.empty();
  private long scored;
  private long unscored;
  private long overdue;
  private long late;
  private long deadLettered;
  private int decisions;

  void add(Score score) {
    overdue += score.getOverdue() ? 1 : 0;
    if (score.getStatus() != ScoreStatus.SCORED) {
      unscored++;
      return;
    }
    scored++;
    Boolean label = score.getLabel();
    if (label != null) {
      labels.add(label);
      labelledScores.add(score.getScore());
    }
  }

  void add(DeadLetter letter) {
    if (letter.getReason() == DeadLetterReason.LATE) {
      late++;
    } else {
      deadLettered++;
    }
  }

  void add(Anomaly anomaly) {
    List<String> blamed = anomaly.getAttribution().stream().map(Attribution::getFeature).toList();
    episodes.merge(
        anomaly.getEpisodeId(),
        new Episode(anomaly.getSeries(), anomaly.getEpisodeStart(), anomaly.getEventTime(), blamed),
        Tally::joined);
  }

  /** The opening event says whom it blamed; later ones only how long it lasted. */
  private static Episode joined(Episode known, Episode later) {
    Instant end = later.end().isAfter(known.end()) ? later.end() : known.end();
    return new Episode(known.series(), known.start(), end, known.blamed());
  }

  /**
   * @throws IllegalStateException if training has failed
   */
  void add(ModelEvent event) {
    if (event.getKind() == ModelEventKind.FAILED) {
      throw new IllegalStateException("Training failed: " + event.getReason());
    }
    decisions++;
    if (event.getKind() == ModelEventKind.ACTIVATED) {
      modelVersions.add(event.getVersion());
      firstEffective = firstEffective.or(() -> Optional.of(event.getEffectiveFrom()));
    }
  }

  long scored() {
    return scored;
  }

  long unscored() {
    return unscored;
  }

  long overdue() {
    return overdue;
  }

  long late() {
    return late;
  }

  long deadLettered() {
    return deadLettered;
  }

  /** Records whose fate is known. */
  long accounted() {
    return scored + unscored + late + deadLettered;
  }

  int decisions() {
    return decisions;
  }

  List<String> modelVersions() {
    return List.copyOf(modelVersions);
  }

  /** Event time from which the first model governs. */
  Optional<Instant> firstEffective() {
    return firstEffective;
  }

  List<Episode> episodes() {
    return List.copyOf(episodes.values());
  }

  /** Over the scored records that carried a label; empty unless there are both kinds. */
  OptionalDouble auroc() {
    return labels.isEmpty()
        ? OptionalDouble.empty()
        : RankingMetrics.auroc(scoreArray(), labelArray());
  }

  /** Over the scored records that carried a label; empty unless there are both kinds. */
  OptionalDouble averagePrecision() {
    return labels.isEmpty()
        ? OptionalDouble.empty()
        : RankingMetrics.averagePrecision(scoreArray(), labelArray());
  }

  private double[] scoreArray() {
    return labelledScores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private boolean[] labelArray() {
    boolean[] array = new boolean[labels.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = labels.get(i);
    }
    return array;
  }
}
