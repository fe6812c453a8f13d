package io.nelbo.jobs.config;

import java.util.List;

/** The operator's mistake: the job does not start. Lists every problem at once. */
public final class InvalidConfigException extends RuntimeException {
  private final List<String> problems;

  public InvalidConfigException(String where, List<String> problems) {
    super(where + ":\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
