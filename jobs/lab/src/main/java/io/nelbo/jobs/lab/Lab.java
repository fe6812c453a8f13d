package io.nelbo.jobs.lab;

import io.nelbo.jobs.cli.CheckCommand;
import io.nelbo.jobs.cli.ExplainCommand;
import io.nelbo.jobs.cli.ModelsCommand;
import io.nelbo.jobs.cli.Nelbo;
import io.nelbo.jobs.cli.RetrainCommand;
import io.nelbo.jobs.cli.ScoreCommand;
import io.nelbo.jobs.cli.WatchCommand;
import io.nelbo.jobs.replay.cli.CompareCommand;
import io.nelbo.jobs.replay.cli.RecalibrateCommand;
import io.nelbo.jobs.replay.cli.ReplayCommand;
import io.nelbo.jobs.replay.cli.TrainCommand;
import java.util.List;
import picocli.CommandLine;

/** The command line of one machine: what a cluster runs, history, and what measures. */
public final class Lab {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          ScoreCommand.class,
          RetrainCommand.class,
          WatchCommand.class,
          ExplainCommand.class,
          CheckCommand.class,
          TrainCommand.class,
          RecalibrateCommand.class,
          ReplayCommand.class,
          EvaluateCommand.class,
          CompareCommand.class,
          ModelsCommand.class,
          BenchCommand.class);

  private Lab() {}

  /** Runs one command and ends the process. */
  public static void main(String[] arguments) {
    Nelbo.run(COMMANDS, arguments);
  }

  /** All commands, ready to execute; for tests in process. */
  public static CommandLine commandLine() {
    return Nelbo.commandLine(COMMANDS);
  }
}
