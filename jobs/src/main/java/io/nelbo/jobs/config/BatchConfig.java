package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many windows are scored in one call.
 *
 * @param size windows at most
 * @param age processing time at most that a window waits for others
 */
public record BatchConfig(int size, Duration age) implements Serializable {}
