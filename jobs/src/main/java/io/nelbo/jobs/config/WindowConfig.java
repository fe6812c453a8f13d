package io.nelbo.jobs.config;

import java.io.Serializable;

/**
 * What the model sees at once.
 *
 * @param length records per window, 1 to 512
 */
public record WindowConfig(int length) implements Serializable {}
