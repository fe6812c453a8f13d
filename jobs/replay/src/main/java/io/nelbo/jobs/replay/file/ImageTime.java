package io.nelbo.jobs.replay.file;

import java.util.Locale;

/** Where the times of files of images come from. */
public enum ImageTime {
  /** From the names where all hold one with a time of day, else from their order. */
  AUTO,
  /** From what a name holds; a file whose name holds none is refused. */
  NAME,
  /** When the file was last changed. */
  FILE,
  /** From the order of the names within a series, numbers by their value: a second each. */
  ORDER;

  /** As the option writes it. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
