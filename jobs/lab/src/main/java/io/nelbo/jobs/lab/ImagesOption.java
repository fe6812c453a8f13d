package io.nelbo.jobs.lab;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether the demo shows an inspection line, and which other options that goes with. */
final class ImagesOption {
  private static final List<String> GOES_WITH =
      List.of("--images", "--seed", "--steps", "--out", "--port", "--headless", "--json");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--images",
      description =
          "Show an inspection line: frames of three cameras, with planted defects, a fading lamp"
              + " and another product in the middle. Has its own script and takes a few minutes.")
  private boolean images;

  // picocli fills it before anything is asked; this value is for the compiler.
  ImagesOption() {
    spec = CommandSpec.create();
  }

  /**
   * @throws ParameterException when another option is given that means nothing to it
   */
  boolean isGiven() {
    if (!images) {
      return false;
    }
    Set<String> others = new TreeSet<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      others.add(option.longestName());
    }
    others.removeAll(GOES_WITH);
    if (!others.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--images has a script of its own: it cannot go with %s, only with %s"
              .formatted(
                  String.join(", ", others),
                  String.join(", ", GOES_WITH.subList(1, GOES_WITH.size()))));
    }
    return true;
  }
}
