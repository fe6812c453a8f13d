package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** The life of a series. */
public record SeriesConfig(
    @Setting(
            means = "event-time gap after which the window of a series starts anew",
            fallback = "10m")
        Duration maxGap,
    @Setting(means = "event time of silence after which a series is forgotten", fallback = "1d")
        Duration forgetAfter)
    implements Serializable {}
