package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that most commands share. */
public final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The detector's YAML file.")
  private Path file;

  Path file() {
    return file;
  }

  public NelboConfig load() {
    return new ConfigLoader().load(file);
  }

  /** The same for those who need the files that it names: these are judged too. */
  public NelboConfig loadWithFiles() {
    return new ConfigLoader().readingFiles().load(file);
  }
}
