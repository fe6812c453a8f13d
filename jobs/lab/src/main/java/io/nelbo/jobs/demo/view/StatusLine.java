package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.feed.FeedClock;
import io.nelbo.jobs.demo.feed.FeedProgress;
import io.nelbo.jobs.demo.judge.Tally;
import java.util.List;

/** The one line that says how far things are. */
public final class StatusLine {
  private final FeedProgress progress;
  private final Tally tally;
  private final FeedClock clock;
  private final int trainRows;
  private long lastNanos;
  private long lastRecords;

  public StatusLine(FeedProgress progress, Tally tally, FeedClock clock, int trainRows) {
    this.progress = progress;
    this.tally = tally;
    this.clock = clock;
    this.trainRows = trainRows;
    this.lastNanos = clock.nanos();
  }

  /** The rate is that since the last call. */
  public String text() {
    String time = progress.newest().map(LiveView::time).orElse("starting");
    return "%s | %,d rec/s | %s".formatted(time, rate(), state());
  }

  private String state() {
    List<String> versions = tally.modelVersions();
    if (!versions.isEmpty()) {
      String model = versions.get(versions.size() - 1);
      return "%s | %,d scored | %,d anomalies"
          .formatted(
              progress.isWaiting() ? model + ", training" : "model " + model,
              tally.scored(),
              tally.episodes().size());
    }
    if (progress.isWaiting() && progress.records() >= trainRows) {
      return "training the first model on %,d rows".formatted(trainRows);
    }
    return "waiting for first model: %,d of %,d rows"
        .formatted(Math.min(progress.records(), trainRows), trainRows);
  }

  private long rate() {
    long now = clock.nanos();
    long records = progress.records();
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    long rate = Math.round((records - lastRecords) / seconds);
    lastNanos = now;
    lastRecords = records;
    return rate;
  }
}
