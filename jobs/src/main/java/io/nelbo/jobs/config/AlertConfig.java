package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** When to wake somebody. */
public record AlertConfig(
    @Setting(means = "share of normal records that may alarm, in (0, 0.5)", fallback = "0.001")
        double falseAlarmRate,
    @Setting(means = "event time without an anomaly that ends an episode", fallback = "10m")
        Duration episodeGap,
    @Setting(means = "features named in an event, worst first", fallback = "3") int top)
    implements Serializable {}
