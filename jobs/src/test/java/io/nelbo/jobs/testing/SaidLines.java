package io.nelbo.jobs.testing;

import io.nelbo.jobs.progress.ProgressLines;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an operator says of itself, the level in front. */
public final class SaidLines implements ProgressLines.Voice {
  private final List<String> said = new ArrayList<>();

  @Override
  public void info(String line) {
    said.add("INFO " + line);
  }

  @Override
  public void warn(String line) {
    said.add("WARN " + line);
  }

  /** All of it so far. */
  public List<String> said() {
    return List.copyOf(said);
  }
}
