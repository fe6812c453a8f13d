package io.nelbo.jobs.replay.compare;

import io.nelbo.jobs.replay.result.ScoreRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records that two replays have in common.
 *
 * @param pairs in the order of the first replay
 * @param onlyFirst records that the second did not read
 * @param onlySecond records that the first did not read
 */
public record MatchedRows(List<Pair> pairs, long onlyFirst, long onlySecond) {
  public MatchedRows {
    pairs = List.copyOf(pairs);
  }

  /** What both say of one record. */
  public record Pair(ScoreRow first, ScoreRow second) {
    public boolean isScored() {
      return first.isScored() && second.isScored();
    }
  }

  private record Position(int partition, long offset) {}

  private record Moment(String series, long eventTimeMillis) {}

  /**
   * Matches by partition and offset when these mean the same in both, else by series and time,
   * equal times in their order.
   */
  static MatchedRows of(List<ScoreRow> first, List<ScoreRow> second, SeriesNames names) {
    Map<Position, ScoreRow> byPosition = new HashMap<>();
    second.forEach(row -> byPosition.put(position(row), row));
    return samePositions(first, byPosition, names)
        ? byPosition(first, second, byPosition)
        : byMoment(first, second, names);
  }

  /** Whether some position is in both, and each such holds one and the same record. */
  private static boolean samePositions(
      List<ScoreRow> first, Map<Position, ScoreRow> byPosition, SeriesNames names) {
    boolean some = false;
    for (ScoreRow row : first) {
      ScoreRow other = byPosition.get(position(row));
      if (other != null) {
        if (!moment(other, names).equals(moment(row, names))) {
          return false;
        }
        some = true;
      }
    }
    return some;
  }

  private static MatchedRows byPosition(
      List<ScoreRow> first, List<ScoreRow> second, Map<Position, ScoreRow> byPosition) {
    List<Pair> pairs = new ArrayList<>();
    for (ScoreRow row : first) {
      ScoreRow other = byPosition.get(position(row));
      if (other != null) {
        pairs.add(new Pair(row, other));
      }
    }
    return of(pairs, first, second);
  }

  private static MatchedRows byMoment(
      List<ScoreRow> first, List<ScoreRow> second, SeriesNames names) {
    Map<Moment, Deque<ScoreRow>> byMoment = new HashMap<>();
    second.forEach(
        row -> byMoment.computeIfAbsent(moment(row, names), key -> new ArrayDeque<>(1)).add(row));
    List<Pair> pairs = new ArrayList<>();
    for (ScoreRow row : first) {
      Deque<ScoreRow> others = byMoment.get(moment(row, names));
      ScoreRow other = others == null ? null : others.poll();
      if (other != null) {
        pairs.add(new Pair(row, other));
      }
    }
    return of(pairs, first, second);
  }

  private static MatchedRows of(List<Pair> pairs, List<ScoreRow> first, List<ScoreRow> second) {
    return new MatchedRows(pairs, first.size() - pairs.size(), second.size() - pairs.size());
  }

  private static Position position(ScoreRow row) {
    return new Position(row.origin().partition(), row.origin().offset());
  }

  private static Moment moment(ScoreRow row, SeriesNames names) {
    return new Moment(names.common(row.series()), row.eventTimeMillis());
  }
}
