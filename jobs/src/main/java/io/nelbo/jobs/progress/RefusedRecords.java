package io.nelbo.jobs.progress;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records that could not be read since the last line, by reason, each with where the first of
 * them lies. Nothing of a record itself.
 */
public final class RefusedRecords {
  private static final String SUBJECT = "refused";
  private static final String NONE_YET = "none yet";

  private static final class OfReason {
    private final String first;
    private final String message;
    private long count;

    OfReason(String first, String message) {
      this.first = first;
      this.message = message;
    }
  }

  private final Map<String, OfReason> byReason = new TreeMap<>();
  private long received;
  private long refused;
  private boolean any;

  /** A record came, whether or not it can be read. */
  public void received() {
    received++;
  }

  /**
   * It cannot be read.
   *
   * @param message the thing and the rule, never the payload
   */
  public void refused(String reason, String topic, int partition, long offset, String message) {
    refused++;
    OfReason its = byReason.get(reason);
    if (its == null) {
      its = new OfReason("%s-%d@%d".formatted(topic, partition, offset), message);
      byReason.put(reason, its);
    }
    its.count++;
  }

  /** Says what has come since the last time, if there is anything to say. */
  public void say(ProgressLines lines) {
    any |= received > 0;
    if (!any) {
      lines.info(NONE_YET, "no record has come yet");
    }
    if (!lines.isDue(SUBJECT)) {
      return;
    }
    if (refused > 0 && refused == received) {
      lines.warn(SUBJECT, everyOne());
    } else if (refused > 0) {
      lines.info(
          SUBJECT,
          String.format(
              Locale.ROOT, "%,d of %,d records were refused: %s", refused, received, reasons()));
    }
    received = 0;
    refused = 0;
    byReason.clear();
  }

  private String everyOne() {
    OfReason most =
        byReason.values().stream().max(Comparator.comparingLong(its -> its.count)).orElseThrow();
    return String.format(
        Locale.ROOT,
        "every record since the last line was refused, %,d of %,d: %s; the first at %s: %s",
        refused,
        received,
        reasons(),
        most.first,
        most.message);
  }

  private String reasons() {
    StringBuilder text = new StringBuilder();
    byReason.forEach(
        (reason, its) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(
                    String.format(
                        Locale.ROOT, "%s %,d (such as %s)", reason, its.count, its.first)));
    return text.toString();
  }
}
