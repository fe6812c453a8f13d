package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** Which models are accepted and how they are run. */
public record ModelConfig(
    @Setting(means = "the model's name in the store", fallback = "<detector>") String id,
    @Setting(
            means = "directory of the artifact store; artifacts elsewhere are refused",
            required = true)
        String store,
    @Setting(
            means = "event time between an announcement and the first record it governs",
            fallback = "1m")
        Duration activationDelay,
    @Setting(
            means =
                "time that records wait for their model before the incumbent scores them as overdue",
            fallback = "30s")
        Duration loadTimeout,
    @Setting(means = "larger artifacts are refused", fallback = "256MiB") long maxBytes,
    @Setting(means = "least share of observed features for a score, in (0, 1]", fallback = "0.5")
        double minObserved,
    @Setting(means = "where scores are computed: auto, cpu, gpu or gpu:<index>", fallback = "auto")
        String device)
    implements Serializable {}
