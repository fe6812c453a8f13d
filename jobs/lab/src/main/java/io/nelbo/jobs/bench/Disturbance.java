package io.nelbo.jobs.bench;

import java.util.Locale;

/** What goes on beside a score job while its speed is measured. */
enum Disturbance {
  /** Nothing: the yardstick. */
  NONE,
  /** Announcements of artifacts that must be refused: altered, falsely announced, foreign. */
  ATTACKS,
  /** Announcements of sound artifacts, each of which governs all records from then on. */
  SWAPS,
  /** One training after another in the same process. */
  TRAINING;

  /** As it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
