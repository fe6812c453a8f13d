package io.nelbo.jobs.cli;

/** Whether a person is watching. */
public final class Terminal {
  private Terminal() {}

  /** Both input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // the launcher asks newer JDKs for the old behaviour
  public static boolean isInteractive() {
    return System.console() != null;
  }
}
