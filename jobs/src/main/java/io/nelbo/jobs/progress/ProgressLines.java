package io.nelbo.jobs.progress;

import java.util.HashMap;
import java.util.Map;

/**
 * Where an operator says how it is getting on: of each subject at most one line a minute, however
 * often it is asked to. Used by the task's thread, which looks every few seconds, so that the first
 * line of a subject does not wait for a minute.
 */
public final class ProgressLines {
  /** How often an operator looks whether there is something to say. */
  public static final long LOOK_EVERY_MILLIS = 10_000;

  private static final long SAY_EVERY_MILLIS = 60_000;

  /** Where lines go. */
  public interface Voice {
    void info(String line);

    /** Something that somebody should look at. */
    void warn(String line);
  }

  private final Voice voice;
  private final String who;
  private final Map<String, Long> quietUntilMillis = new HashMap<>();
  private long nowMillis;

  /**
   * Has said nothing yet.
   *
   * @param subtask from 0
   * @param subtasks where there are several, each line begins with which one speaks
   */
  public ProgressLines(Voice voice, int subtask, int subtasks) {
    this.voice = voice;
    who = subtasks == 1 ? "" : "subtask %d of %d: ".formatted(subtask + 1, subtasks);
  }

  /** It is now this processing time, epoch milliseconds. */
  public void at(long millis) {
    nowMillis = millis;
  }

  /** Whether the subject's last line is old enough for another. */
  public boolean isDue(String subject) {
    return nowMillis >= quietUntilMillis.getOrDefault(subject, Long.MIN_VALUE);
  }

  /** Says it, if the subject is due. */
  public void info(String subject, String line) {
    if (isDue(subject)) {
      said(subject);
      voice.info(who + line);
    }
  }

  /** Says it as something that somebody should look at, if the subject is due. */
  public void warn(String subject, String line) {
    if (isDue(subject)) {
      said(subject);
      voice.warn(who + line);
    }
  }

  private void said(String subject) {
    quietUntilMillis.put(subject, nowMillis + SAY_EVERY_MILLIS);
  }
}
