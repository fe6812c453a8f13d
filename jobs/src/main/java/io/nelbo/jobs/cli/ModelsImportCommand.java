package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.models.ModelFolder;
import io.nelbo.jobs.models.ModelImport;
import io.nelbo.jobs.retrain.ProvisionalModel;
import io.nelbo.jobs.serve.StoreDetectorFactory;
import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model from elsewhere. */
@Command(
    name = "import",
    description =
        "Copy a model from a folder that 'nelbo models export' made, or from another store, into"
            + " model.store, once its checksums, its format, its features, context and windows are"
            + " found right. It keeps its version where that is free and gets the next one where it"
            + " is not; nothing is overwritten, and nothing announced.",
    mixinStandardHelpOptions = true)
final class ModelsImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "DIR", description = "A folder with model.json and weights.")
  private Path folder;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "Of model.json. Default: what SHA256SUMS in the folder says, if it is there")
  private @Nullable String sha256;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    PrintWriter err = spec.commandLine().getErr();
    ArtifactBytes foreign =
        new ModelFolder(folder).read(loaded.model().maxBytes(), Optional.ofNullable(sha256));
    Manifest manifest = foreign.artifact().manifest();
    StoreDetectorFactory jobs = ConfiguredModels.detectors(loaded);
    ConfiguredModels.accepted(loaded).requireShape(manifest);
    Optional<String> remark =
        ProvisionalModel.remark(manifest.calibration(), loaded.alert().budget());
    if (manifest.calibration().refusal(loaded.alert().budget()).isEmpty()) {
      jobs.open(foreign.artifact()).close(); // what cannot score has no place in the store
    }
    ModelsView view = ModelsView.of(loaded, KnownVersions.ofTopic(loaded, err));
    boolean isThere =
        view.ledger().entries().stream()
            .anyMatch(
                entry ->
                    entry
                        .artifact()
                        .filter(stored -> stored.sha256().equals(foreign.sha256()))
                        .isPresent());
    PublishedArtifact published =
        new ModelImport(loaded.model().id(), view.store(), view.ledger()).bring(foreign);
    PrintWriter out = spec.commandLine().getOut();
    if (isThere) {
      out.printf(
          "%s has %s already, the same to the bit%n", loaded.model().store(), published.version());
    } else {
      out.printf(
          "%s %s is in %s as %s of %s; 'nelbo models promote %s' activates it%n",
          manifest.modelId(),
          manifest.version(),
          loaded.model().store(),
          published.version(),
          published.modelId(),
          published.version());
    }
    remark.ifPresent(words -> err.println("warning: " + words));
    return CommandLine.ExitCode.OK;
  }
}
