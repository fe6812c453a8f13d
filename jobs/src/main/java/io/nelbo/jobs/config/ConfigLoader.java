package io.nelbo.jobs.config;

import java.nio.file.Path;

/** Reads the YAML file: placeholders, defaults, unknown keys, validation. */
public final class ConfigLoader {
  /**
   * @throws InvalidConfigException naming every problem
   */
  public NelboConfig load(Path file) {
    throw new UnsupportedOperationException();
  }

  /** The same from text; {@code where} names it in messages. */
  public NelboConfig parse(String yaml, String where) {
    throw new UnsupportedOperationException();
  }
}
