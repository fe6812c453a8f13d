package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** How many windows are scored in one call. */
public record BatchConfig(
    @Setting(means = "windows scored in one call at most, 1 to 4096", fallback = "256") int size,
    @Setting(means = "time that a window waits at most for others", fallback = "20ms") Duration age)
    implements Serializable {}
