package io.nelbo.jobs.demo.plant;

import java.util.Locale;

/** What can be wrong with a simulated pump. */
public enum FaultKind {
  /** One to three readings of one sensor are off. */
  SPIKE,
  /** One sensor leaves the truth slowly and stays away. */
  DRIFT,
  /** One sensor repeats its last value. */
  STUCK_SENSOR,
  /** One sensor reports what it measured some time ago: each value normal, the relation broken. */
  BROKEN_CORRELATION,
  /** Both vibration sensors rise together, as with a worn bearing. */
  RISING_VIBRATION;

  /** In words, for people. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
