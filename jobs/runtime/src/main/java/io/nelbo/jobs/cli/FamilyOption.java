package io.nelbo.jobs.cli;

import io.nelbo.model.family.Families;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The kind of model, for commands that train. */
public final class FamilyOption {
  /** What picocli lists as candidates. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Families.names().iterator();
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--family",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "Kind of model: one of ${COMPLETION-CANDIDATES}. Default: what the configuration says, or"
              + " the first.")
  private @Nullable String family;

  // picocli fills it before anything is asked; this value is for the compiler.
  public FamilyOption() {
    spec = CommandSpec.create();
  }

  /** What was asked for, if anything. */
  public Optional<String> chosen() {
    if (family != null && !Families.names().contains(family)) {
      throw new ParameterException(
          spec.commandLine(),
          "--family must be one of %s, got %s"
              .formatted(String.join(", ", Families.names()), family));
    }
    return Optional.ofNullable(family);
  }
}
