package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** When to train on the stream. */
public record RetrainConfig(
    @Setting(means = "event time that a model is trained on", fallback = "1d") Duration span,
    @Setting(means = "event time between two decisions; at most the span", fallback = "6h")
        Duration every,
    @Setting(means = "fewer records are not trained on, at least 100", fallback = "10000")
        int minRows,
    @Setting(means = "records kept for training at most", fallback = "256MiB") long maxBytes)
    implements Serializable {}
