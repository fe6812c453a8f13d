package io.nelbo.jobs.config;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** Which models are accepted and how they are run. */
public record ModelConfig(
    @Setting(means = "the model's name in the store", fallback = "<detector>") String id,
    @Setting(
            means =
                "directory of the artifact store, or the URI of one on a Flink file system, like"
                    + " s3://bucket/nelbo; artifacts elsewhere are refused",
            required = true)
        String store,
    @Setting(
            means = "event time between an announcement and the first record it governs",
            fallback = "1m")
        Duration activationDelay,
    @Setting(
            means =
                "time that records wait for their model before the incumbent scores them as"
                    + " overdue",
            fallback = "30s")
        Duration loadTimeout,
    @Setting(means = "larger artifacts are refused", fallback = "256MiB") long maxBytes,
    @Setting(
            means =
                "newest versions that stay in the store; the retrain job removes older ones that"
                    + " nothing needs any more",
            fallback = "20")
        int keep,
    @Setting(means = "least share of observed features for a score, in (0, 1]", fallback = "0.5")
        double minObserved,
    @Setting(
            means =
                "where scores are computed: auto (an assigned GPU, else the first, else the CPU),"
                    + " cpu, gpu or gpu:<index>",
            fallback = "auto")
        String device)
    implements Serializable {
  private static final Pattern FILE_SCHEME = Pattern.compile("file:(//)?(?=/)");
  private static final Pattern OTHER_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  /** Makes the store absolute once: every process would read a relative one differently. */
  public ModelConfig {
    store = FILE_SCHEME.matcher(store).replaceFirst("");
    if (OTHER_SCHEME.matcher(store).matches()) {
      store = store.replaceFirst("/+$", "");
    } else if (!store.isBlank()) {
      store = Path.of(store).toAbsolutePath().normalize().toString();
    }
  }

  /** Whether the store is a directory of this machine, and not a URI. */
  public boolean hasLocalStore() {
    return !OTHER_SCHEME.matcher(store).matches();
  }

  /** The same with another patience. */
  public ModelConfig withLoadTimeout(Duration newLoadTimeout) {
    return new ModelConfig(
        id, store, activationDelay, newLoadTimeout, maxBytes, keep, minObserved, device);
  }

  /** The same with another store. */
  public ModelConfig withStore(Path newStore) {
    return new ModelConfig(
        id, newStore.toString(), activationDelay, loadTimeout, maxBytes, keep, minObserved, device);
  }
}
