package io.nelbo.jobs.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the YAML file: placeholders, defaults, unknown keys, validation. */
public final class ConfigLoader {
  private final Function<String, @Nullable String> environment;
  private final boolean readsFiles;

  /** Takes placeholders from the environment of this process. */
  public ConfigLoader() {
    this(System::getenv);
  }

  ConfigLoader(Function<String, @Nullable String> environment) {
    this(environment, false);
  }

  private ConfigLoader(Function<String, @Nullable String> environment, boolean readsFiles) {
    this.environment = environment;
    this.readsFiles = readsFiles;
  }

  /**
   * The same that also judges the files that the configuration names. They belong to the retrain
   * job and need not be where others run.
   */
  public ConfigLoader readingFiles() {
    return new ConfigLoader(environment, true);
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
    List<Violations.Violation> violations = new ArrayList<>(ConfigRules.check(config));
    if (readsFiles) {
      violations.addAll(ConfigRules.checkFiles(config));
    }
    binder.report(violations);
    problems.throwIfAny(where);
    return config;
  }
}
