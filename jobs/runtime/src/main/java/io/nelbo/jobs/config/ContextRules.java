package io.nelbo.jobs.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** What the section {@code context} may hold. */
final class ContextRules {
  private ContextRules() {}

  static void check(NelboConfig config, Violations broken) {
    ContextConfig context = config.context();
    broken.different("context.fields", context.fields());
    for (String field : context.fields()) {
      if (config.features().contains(field)) {
        broken.violate(
            List.of("context.fields", "features"),
            "context.fields names '%s', which is a feature: a value is judged or it is not",
            field);
      }
    }
    broken.different("context.calendar", context.calendar());
    for (String name : context.calendar()) {
      if (CalendarCycle.named(name).isEmpty()) {
        List<String> known = CalendarCycle.settingNames();
        broken.violate(
            List.of("context.calendar"),
            "context.calendar must name %s, got '%s'%s",
            String.join(" or ", known),
            name,
            new Suggestions(known).didYouMean(name));
      }
    }
    for (String wave : context.cycleNames()) {
      if (config.measured().contains(wave)) {
        broken.violate(
            List.of("features", "context.fields", "context.calendar"),
            "'%s' is a feature or a field of the context, and also what context.calendar adds:"
                + " another name is needed",
            wave);
      }
    }
    checkZone("context.time-zone", context.timeZone(), broken);
  }

  static void checkZone(String key, String zone, Violations broken) {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      broken.require(false, key, "must be a time zone like Europe/Berlin, UTC or +01:00", zone);
    }
  }
}
