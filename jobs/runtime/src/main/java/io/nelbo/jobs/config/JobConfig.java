package io.nelbo.jobs.config;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** How the Flink job runs. */
public record JobConfig(
    @Setting(means = "subtasks of each operator, 1 to 720", fallback = "1") int parallelism,
    @Setting(
            means = "time between checkpoints; exactly-once results appear this late",
            fallback = "10s")
        Duration checkpointInterval,
    @Setting(means = "directory or URI of checkpoints", fallback = "<store>/.checkpoints")
        String checkpointDir,
    @Setting(
            means = "towards read-committed readers of the output topics",
            fallback = "exactly-once")
        Guarantee guarantee,
    @Setting(
            means =
                "longest outage that loses nothing; more than the checkpoint interval, at most 15m",
            fallback = "15m")
        Duration transactionTimeout)
    implements Serializable {
  /** The directory of checkpoints as Flink wants it: a plain path is one of this machine. */
  public URI checkpointUri() {
    boolean hasScheme = checkpointDir().matches("[a-z][a-z0-9+.-]*:.*");
    String uri =
        hasScheme
            ? checkpointDir()
            : Path.of(checkpointDir()).toAbsolutePath().normalize().toUri().toString();
    return URI.create(uri.replaceFirst("/+$", ""));
  }

  /** The part of it that one job of one detector keeps to itself: others share the store. */
  public URI checkpointUri(String detector, String job) {
    return URI.create(checkpointUri() + "/" + detector + "/" + job);
  }

  /** Towards readers of the output topics. */
  public enum Guarantee {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }
}
