package io.nelbo.jobs.stream;

import io.nelbo.schemas.ModelTrigger;
import java.util.Locale;

/** What asks for decisions, in the words of commands, artifacts and people. */
public final class TriggerWords {
  private TriggerWords() {}

  /** Like {@code first} or {@code schedule}. */
  public static String of(ModelTrigger trigger) {
    return trigger.name().toLowerCase(Locale.ROOT);
  }

  /** The other way round; {@link ModelTrigger#UNKNOWN} for any other word. */
  public static ModelTrigger parse(String word) {
    for (ModelTrigger trigger : ModelTrigger.values()) {
      if (of(trigger).equals(word)) {
        return trigger;
      }
    }
    return ModelTrigger.UNKNOWN;
  }
}
