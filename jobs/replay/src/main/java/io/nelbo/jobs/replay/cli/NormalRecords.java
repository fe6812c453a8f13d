package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.files.LateRows;
import io.nelbo.jobs.replay.file.FrameSample;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Gathers the records that count as normal, and counts what it leaves out. */
final class NormalRecords {
  private static final int ANOMALOUS = 1;

  private final SpanBuilder span;
  private final LateRows late;
  private final Map<String, Long> refused = new TreeMap<>();
  private long anomalous;
  private final FrameSample sample;
  private long normal;
  private String firstRefusal = "";
  private String advice = "";

  /**
   * @param expected records at most; of so many frames, no more are kept than training may hold
   */
  NormalRecords(NelboConfig config, long expected) {
    sample = FrameSample.of(config, expected);
    span = new SpanBuilder(config.shape(), config.series().maxGap().toMillis());
    late = new LateRows(config.order().bound());
  }

  /**
   * Takes a record unless it is late, or labelled anomalous: that is no example of the normal.
   *
   * @param values one per column, NaN where not observed; not copied
   * @param label 1 anomalous, 0 normal, -1 unknown
   * @param place for messages
   */
  void add(String series, long eventTimeMillis, float[] values, int label, Supplier<String> place) {
    if (late.isLate(series, eventTimeMillis, place)) {
      return;
    }
    if (label == ANOMALOUS) {
      anomalous++;
      span.breakOff(series, eventTimeMillis);
      return;
    }
    if (sample.takes(normal++)) {
      span.add(series, eventTimeMillis, values);
    }
  }

  /**
   * Counts a record that the jobs would make a dead letter.
   *
   * @param reason in a word
   * @param message that they would give
   */
  void refuse(String reason, String message) {
    if (refused.isEmpty()) {
      firstRefusal = message;
    }
    refused.merge(reason, 1L, Long::sum);
  }

  /** What to set so that refused records can be used; it is said with what was left out. */
  void advise(String words) {
    advice = words;
  }

  /**
   * What was taken.
   *
   * @throws IOException when that is nothing
   */
  TrainingSpan span() throws IOException {
    try {
      return span.build();
    } catch (IllegalStateException empty) {
      throw new IOException("there is no normal record; " + leftOut(), empty);
    }
  }

  /** Where the first late record stands, if there is one. */
  Optional<String> lateNote() {
    return late.note();
  }

  /** How many were not taken, and why. */
  String leftOut() {
    long unusable = refused.values().stream().mapToLong(Long::longValue).sum();
    String counts =
        refused.entrySet().stream()
            .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
            .collect(Collectors.joining(", "));
    String text = "left out: %,d with an anomalous label, %,d that cannot be used%s%s%s";
    return sampled()
        + text.formatted(
            anomalous,
            unusable,
            refused.size() > 1 ? " (%s)".formatted(counts) : "",
            unusable == 0 ? "" : ", the first because " + firstRefusal + advised(),
            late.count() == 0 ? "" : "; %,d late".formatted(late.count()));
  }

  private String advised() {
    return advice.isEmpty() ? "" : "; " + advice;
  }

  private String sampled() {
    return sample.isWhole() ? "" : sample.note() + "; ";
  }
}
