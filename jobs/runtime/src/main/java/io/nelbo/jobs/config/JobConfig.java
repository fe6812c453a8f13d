package io.nelbo.jobs.config;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

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
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  /** The directory of checkpoints as Flink wants it: a plain path is one of this machine. */
  public URI checkpointUri() {
    String uri =
        hasScheme()
            ? checkpointDir()
            : Path.of(checkpointDir()).toAbsolutePath().normalize().toUri().toString();
    return URI.create(uri.replaceFirst("/+$", ""));
  }

  private boolean hasScheme() {
    return SCHEME.matcher(checkpointDir()).matches();
  }

  /** Whether there can be a folder of this name, to which the names of jobs can be added. */
  boolean hasPossibleCheckpointDir() {
    try {
      URI uri = checkpointUri();
      return !uri.isOpaque()
          && uri.getScheme().equals(uri.getScheme().toLowerCase(Locale.ROOT))
          && (uri.getAuthority() != null || !uri.getPath().isEmpty())
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException noUri) {
      return false;
    }
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
