package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * The life of a series.
 *
 * @param maxGap event-time gap after which its window starts anew
 * @param forgetAfter event time of silence after which its state is dropped
 */
public record SeriesConfig(Duration maxGap, Duration forgetAfter) implements Serializable {}
