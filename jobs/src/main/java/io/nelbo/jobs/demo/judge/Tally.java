package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.replay.metrics.RankingMetrics;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the output topics have told so far, counted record by record. Everything here was read
 * committed; nothing is inferred from what was sent. One thread only.
 */
public final class Tally {
  private static final double BORDER = 1;

  private final Map<String, DetectedEpisode> episodes = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<String, Instant> firstScored = new LinkedHashMap<>();
  private final AlarmHours falseAlarms = new AlarmHours();
  private final AlarmTimes alarms = new AlarmTimes();
  private final List<Double> labelledScores = new ArrayList<>();
  private final List<Boolean> labels = new ArrayList<>();
  private Optional<Instant> firstEffective = Optional.empty();
  private Optional<Instant> newest = Optional.empty();
  private long scored;
  private long unscored;
  private long overdue;
  private long late;
  private long deadLettered;

  public void add(Score score) {
    Instant time = score.getEventTime();
    newest = newest.filter(time::isBefore).or(() -> Optional.of(time));
    overdue += score.getOverdue() ? 1 : 0;
    if (score.getStatus() != ScoreStatus.SCORED) {
      unscored++;
      return;
    }
    scored++;
    firstScored.merge(
        score.getModelVersion(), time, (one, other) -> one.isBefore(other) ? one : other);
    boolean isAlarm = score.getScore() >= BORDER;
    if (isAlarm) {
      alarms.add(score.getSeries(), time);
    }
    Boolean label = score.getLabel();
    if (label != null) {
      labels.add(label);
      labelledScores.add(score.getScore());
      if (!label) {
        falseAlarms.add(score.getSeries(), time, isAlarm);
      }
    }
  }

  public void add(DeadLetter letter) {
    if (letter.getReason() == DeadLetterReason.LATE) {
      late++;
    } else {
      deadLettered++;
    }
  }

  /** Returns the episode as announced so far. */
  public DetectedEpisode add(Anomaly anomaly) {
    List<String> blamed = anomaly.getAttribution().stream().map(Attribution::getFeature).toList();
    return episodes.merge(
        anomaly.getEpisodeId(),
        new DetectedEpisode(
            anomaly.getSeries(), anomaly.getEpisodeStart(), anomaly.getEventTime(), blamed),
        Tally::joined);
  }

  /** The opening event says whom it blamed; later ones only how long it lasted. */
  private static DetectedEpisode joined(DetectedEpisode known, DetectedEpisode later) {
    Instant end = later.end().isAfter(known.end()) ? later.end() : known.end();
    return new DetectedEpisode(known.series(), known.start(), end, known.blamed());
  }

  /**
   * @throws IllegalStateException if training has failed
   */
  public void add(ModelEvent event) {
    if (event.getKind() == ModelEventKind.FAILED) {
      throw new IllegalStateException("Training failed: " + event.getReason());
    }
    Decision decision = Decision.of(event);
    decisions.add(decision);
    firstEffective = firstEffective.or(decision::effectiveFrom);
  }

  public long scored() {
    return scored;
  }

  public long unscored() {
    return unscored;
  }

  public long overdue() {
    return overdue;
  }

  public long late() {
    return late;
  }

  public long deadLettered() {
    return deadLettered;
  }

  /** Records whose fate is known. */
  public long accounted() {
    return scored + unscored + late + deadLettered;
  }

  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** In the order of activation. */
  public List<String> modelVersions() {
    return decisions.stream().filter(Decision::isActivation).map(Decision::version).toList();
  }

  /** Event time of the first record that each version has scored, in the order of their coming. */
  public Map<String, Instant> firstScored() {
    return Collections.unmodifiableMap(firstScored);
  }

  /** Of the scored records with a label that says normal. */
  public AlarmFigures falseAlarms(Phase phase) {
    return falseAlarms.between(phase.from(), phase.until());
  }

  /** Event time of the newest record whose score has been seen. */
  public Optional<Instant> newest() {
    return newest;
  }

  /** Event time from which the first model governs. */
  public Optional<Instant> firstEffective() {
    return firstEffective;
  }

  /** In the order of their coming, each to the last anomaly before the next of its series. */
  public List<DetectedEpisode> episodes() {
    Map<String, TreeSet<Instant>> starts = new HashMap<>();
    for (DetectedEpisode episode : episodes.values()) {
      starts.computeIfAbsent(episode.series(), name -> new TreeSet<>()).add(episode.start());
    }
    return episodes.values().stream()
        .map(
            episode -> {
              Optional<Instant> next =
                  Optional.ofNullable(
                      starts
                          .getOrDefault(episode.series(), new TreeSet<>())
                          .higher(episode.start()));
              return joined(episode, until(episode, alarms.last(episode.series(), next)));
            })
        .toList();
  }

  private static DetectedEpisode until(DetectedEpisode episode, Optional<Instant> last) {
    return new DetectedEpisode(
        episode.series(), episode.start(), last.orElse(episode.end()), episode.blamed());
  }

  /** Over the scored records that carried a label. */
  public Ranking ranking() {
    if (labels.isEmpty()) {
      return Ranking.NONE;
    }
    long anomalous = labels.stream().filter(label -> label).count();
    return new Ranking(
        labels.size() - anomalous,
        anomalous,
        RankingMetrics.auroc(scoreArray(), labelArray()),
        RankingMetrics.averagePrecision(scoreArray(), labelArray()));
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
