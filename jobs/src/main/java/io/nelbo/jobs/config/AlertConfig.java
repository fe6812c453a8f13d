package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When to wake somebody.
 *
 * @param falseAlarmRate share of normal records that may alarm
 * @param episodeGap event time without an anomaly that ends an episode
 * @param top features named in an event
 */
public record AlertConfig(double falseAlarmRate, Duration episodeGap, int top)
    implements Serializable {}
