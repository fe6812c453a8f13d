package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelFolder;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.model.artifact.PublishedArtifact;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model to take along. */
@Command(
    name = "export",
    description =
        "Copy a model of model.store into a new folder, byte for byte, with its checksums"
            + " ('sha256sum -c SHA256SUMS' verifies them). 'nelbo models import' reads it.",
    mixinStandardHelpOptions = true)
final class ModelsExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(index = "0", paramLabel = "REF", description = ModelReferences.MEANING)
  private String model;

  @Parameters(index = "1", paramLabel = "DIR", description = "A folder that is new, or empty.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    ModelsView view =
        model.equals(ModelReferences.INCUMBENT)
            ? ModelsView.of(loaded)
            : ModelsView.ofStore(loaded);
    PublishedArtifact artifact = view.references().published(model);
    new ModelFolder(folder).write(view.store().read(artifact.uri(), artifact.sha256()));
    spec.commandLine()
        .getOut()
        .printf(
            "%s %s is in %s, checksum %s%n",
            artifact.modelId(), artifact.version(), folder, artifact.sha256());
    return CommandLine.ExitCode.OK;
  }
}
