package io.nelbo.jobs.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the YAML file: placeholders, defaults, unknown keys, validation. */
public final class ConfigLoader {
  private final Function<String, @Nullable String> environment;

  /** Takes placeholders from the environment of this process. */
  public ConfigLoader() {
    this(System::getenv);
  }

  ConfigLoader(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * @throws InvalidConfigException naming every problem
   */
  public NelboConfig load(Path file) {
    String yaml;
    try {
      yaml = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read as UTF-8 text" : "no such file";
      throw new InvalidConfigException(file.toString(), List.of(reason));
    }
    return parse(yaml, file.toString());
  }

  /**
   * The same from text; {@code where} names it in messages.
   *
   * @throws InvalidConfigException naming every problem
   */
  public NelboConfig parse(String yaml, String where) {
    Problems problems = new Problems();
    YamlNode.Section root = new YamlReader(problems).read(yaml);
    if (problems.isUnreadable()) {
      problems.throwIfAny(where);
    }
    ConfigBinder binder = new ConfigBinder(problems, new Placeholders(environment));
    NelboConfig config = binder.bind(root);
    for (Violations.Violation violation : ConfigRules.check(config)) {
      binder.report(violation);
    }
    problems.throwIfAny(where);
    return config;
  }
}
