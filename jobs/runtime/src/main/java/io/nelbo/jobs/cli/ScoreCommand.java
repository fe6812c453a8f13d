package io.nelbo.jobs.cli;

import io.nelbo.jobs.score.ScoreJob;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the scoring job. */
@Command(
    name = "score",
    description = {
      "Score the records of the source topic and write anomalies, scores and dead letters.",
      "Runs Flink in this process; under 'flink run' it is a job of that cluster. Records pass"
          + " unscored until 'retrain' or 'train --announce' has activated a model.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws Exception {
    options.run("score", config.load(), ScoreJob::define, spec.commandLine().getErr());
    return CommandLine.ExitCode.OK;
  }
}
