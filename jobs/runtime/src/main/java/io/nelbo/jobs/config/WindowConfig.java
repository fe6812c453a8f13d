package io.nelbo.jobs.config;

import java.io.Serializable;

/** What the model sees at once. */
public record WindowConfig(
    @Setting(means = "records that the model sees at once, 1 to 512", fallback = "1") int length)
    implements Serializable {}
