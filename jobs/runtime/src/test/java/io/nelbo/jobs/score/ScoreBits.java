package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.ScoredRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A result to the last bit: equal only if every figure is.
 *
 * @param series of the record
 * @param eventTimeMillis of the record
 * @param version of the model; empty without a score
 * @param doubles the bits of every figure
 * @param floats the bits of every figure rounded to 32
 */
record ScoreBits(
    String series,
    long eventTimeMillis,
    ScoredRecord.Status status,
    String version,
    boolean cold,
    boolean overdue,
    List<Long> doubles,
    List<Integer> floats) {
  static ScoreBits of(ScoredRecord scored) {
    List<Double> figures = new ArrayList<>();
    figures.add(scored.score());
    figures.add(scored.pValue());
    figures.add(scored.reconstruction());
    figures.add(scored.kl());
    figures.add(scored.negativeElbo());
    figures.add(scored.borderPValue());
    figures.add(scored.smoothedScore());
    figures.add(scored.smoothedPValue());
    var blame = scored.blame();
    if (blame != null) {
      for (int i = 0; i < blame.features().length; i++) {
        figures.add(blame.shares()[i]);
        figures.add(blame.expected()[i]);
        figures.add(blame.expectedStandardDeviations()[i]);
      }
    }
    return new ScoreBits(
        scored.series(),
        scored.eventTimeMillis(),
        scored.status(),
        DetectHarness.version(scored),
        scored.cold(),
        scored.overdue(),
        figures.stream().map(Double::doubleToLongBits).toList(),
        figures.stream().map(figure -> Float.floatToIntBits(figure.floatValue())).toList());
  }
}
