package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.InvalidConfigException;
import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line, here with the commands that a cluster needs. Exit codes: 0 done, 1 failed, 2
 * bad usage or configuration.
 */
@Command(
    name = "nelbo",
    description = "Streaming anomaly detection with variational autoencoders on Kafka and Flink.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "<command>",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:bad usage or configuration"},
    footer = {"", "Run 'nelbo <command> --help' for the options of a command."})
public final class Nelbo implements Runnable {
  /** What deploying needs. */
  public static final List<Class<?>> COMMANDS =
      List.of(
          ScoreCommand.class,
          RetrainCommand.class,
          WatchCommand.class,
          ExplainCommand.class,
          CheckCommand.class,
          ModelsCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack of a failure; the environment variable NELBO_DEBUG does too.")
  private boolean verbose;

  private Nelbo() {}

  /** Runs one of {@link #COMMANDS}, see {@link #run(List, String...)}. */
  public static void main(String[] arguments) {
    run(COMMANDS, arguments);
  }

  /** Ends the process, unless a Flink cluster runs this in a process of its own. */
  public static void run(List<Class<?>> commands, String... arguments) {
    if (isOwnProcess()) {
      FlinkPlugins.load(System.getenv());
    }
    int code = commandLine(commands).execute(arguments);
    if (isOwnProcess()) {
      System.exit(code);
    }
    if (code != CommandLine.ExitCode.OK) {
      throw new IllegalStateException("nelbo ended with exit code " + code + ", see its messages");
    }
  }

  /** These commands, ready to execute; for tests in process. */
  public static CommandLine commandLine(List<Class<?>> commands) {
    Nelbo nelbo = new Nelbo();
    CommandLine line = new CommandLine(nelbo);
    commands.forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Instant.class, Nelbo::instant)
        .setParameterExceptionHandler(Nelbo::reportUsage)
        .setExecutionExceptionHandler((failure, command, result) -> nelbo.report(failure, command));
  }

  /** Not so under {@code flink run}, which loads us beside its own classes. */
  static boolean isOwnProcess() {
    return Nelbo.class.getClassLoader() == ClassLoader.getSystemClassLoader();
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }

  private static Instant instant(String text) {
    try {
      long time = new TimeText(EpochUnit.AUTO, ZoneOffset.UTC).millis(text);
      if (time != TimeText.NONE) {
        return Instant.ofEpochMilli(time);
      }
    } catch (ValueFormatException e) {
      // told below, like no time at all
    }
    throw new CommandLine.TypeConversionException(
        "must be ISO-8601, like 2026-01-05T00:00:00Z, got '" + text + "'");
  }

  /** The cause last, where people look; all of the help only for who asked for nothing. */
  private static int reportUsage(CommandLine.ParameterException failure, String... arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    if (arguments.length == 0) {
      command.usage(err);
    }
    err.println(failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("Try '%s --help'%n", command.getCommandSpec().qualifiedName());
    return CommandLine.ExitCode.USAGE;
  }

  private int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (verbose || System.getenv("NELBO_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    if (failure instanceof InvalidConfigException invalid) {
      err.println(invalid.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    err.println("nelbo: " + FailureText.of(failure));
    return CommandLine.ExitCode.SOFTWARE;
  }
}
