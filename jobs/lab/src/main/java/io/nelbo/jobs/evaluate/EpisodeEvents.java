package io.nelbo.jobs.evaluate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An alert policy as a score per row: a row that is stranger than each of the rows right before it
 * has its score squeezed into (0, 1), all others have 0.
 *
 * <p>Whatever threshold is laid on the result, what passes it are the onsets of episodes and the
 * rows by which an episode gets worse; an episode ends when so many rows pass without one that is
 * as strange.
 */
final class EpisodeEvents {
  private final int gapRows;

  /** Rows of the gap that no later one exceeds, in order, hence of falling scores. */
  private final Deque<Row> worst = new ArrayDeque<>();

  private long rows;

  private record Row(long position, double score) {}

  /**
   * @param gapRows how many rows before it a row must exceed
   */
  EpisodeEvents(int gapRows) {
    if (gapRows < 1) {
      throw new IllegalArgumentException("gapRows must be positive, got " + gapRows);
    }
    this.gapRows = gapRows;
  }

  /**
   * Rows must come in their order, none left out.
   *
   * @param score not negative, 1.0 is the border
   */
  double next(double score) {
    long position = rows++;
    while (!worst.isEmpty() && worst.getFirst().position() < position - gapRows) {
      worst.removeFirst();
    }
    boolean event = score > 0 && (worst.isEmpty() || worst.getFirst().score() < score);
    while (!worst.isEmpty() && worst.getLast().score() <= score) {
      worst.removeLast();
    }
    worst.addLast(new Row(position, score));
    return event ? score / (1 + score) : 0;
  }
}
