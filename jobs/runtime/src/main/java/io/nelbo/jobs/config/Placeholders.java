package io.nelbo.jobs.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ${NAME}} and {@code ${NAME:-default}} from the environment; {@code $$} is one dollar. */
final class Placeholders {
  private static final Pattern PATTERN =
      Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}|\\$\\{");

  private final Function<String, @Nullable String> environment;

  Placeholders(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The text with every placeholder filled in.
   *
   * @param faults is told each placeholder that cannot be, once; nothing stands in its place then
   */
  String resolve(String path, String text, Consumer<String> faults) {
    Set<String> told = new LinkedHashSet<>();
    String resolved =
        PATTERN
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(value(path, text, match, told)));
    told.forEach(faults);
    return resolved;
  }

  /** The text that resolves to this one. */
  static String escape(String text) {
    return text.replace("$", "$$");
  }

  private String value(String path, String text, MatchResult match, Set<String> faults) {
    if (match.group().equals("$$")) {
      return "$";
    }
    String name = match.group(1);
    if (name == null) {
      faults.add(
          path + " holds a placeholder that is not ${NAME} or ${NAME:-default}: '" + text + "'");
      return "";
    }
    String value = environment.apply(name);
    String fallback = match.group(2);
    if (value != null && !(value.isEmpty() && fallback != null)) {
      return value;
    }
    if (fallback == null) {
      faults.add(path + " needs the environment variable " + name + ", which is not set");
      return "";
    }
    return fallback;
  }
}
