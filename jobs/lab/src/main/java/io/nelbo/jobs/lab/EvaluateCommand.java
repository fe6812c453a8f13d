package io.nelbo.jobs.lab;

import io.nelbo.jobs.cli.FamilyOption;
import io.nelbo.jobs.cli.Version;
import io.nelbo.jobs.config.AlertConfig;
import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.evaluate.Evaluation;
import io.nelbo.jobs.evaluate.EvaluationPlan;
import io.nelbo.jobs.evaluate.EvaluationReport;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.retrain.decide.TrainingSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a public benchmark through the detector. */
@Command(
    name = "evaluate",
    description = {
      "Run a public benchmark, with its own protocol, through the trainer and the detector of"
          + " production, beside trivial baselines, and write metrics.json.",
      "One configuration for all sets. Interrupted, it goes on where it was when called again.",
      "A set, a baseline or a file that fails is told with its reason, the others go on, and the"
          + " exit code is 1.",
      ""
    },
    footer = {
      "",
      "What --data holds:",
      "  adbench      tables: one CSV file per set, with a column label",
      "  timeseries   folders with train.csv and test.csv, the latter with labels",
      "  nab          the benchmark's own folders, data and labels",
      "  skab         groups of CSV files with datetime, anomaly, changepoint",
      "  mnist        IDX files of images and labels, for training and test",
      "  images       image files: train/good, test/<kind>, and masks in ground_truth/<kind>; or",
      "               images-idx3-ubyte, labels.csv (row,name,class,split), masks-idx3-ubyte;",
      "               or a folder of such sets",
      "  calibration  tables, or nothing: is the asked false-alarm rate kept?",
      "  missing      tables or series, --data for each: what do gaps cost?",
      "  fleet        nothing: what is scaling by series worth to many devices?",
      "  noise        tables: how much does a score's noise move it?",
      "Files may end with .gz.",
      "",
      "For example: evaluate images --data bottles --out bottles-result"
    },
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private FamilyOption family;

  /** What picocli lists as candidates. */
  static final class SuiteNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EvaluationPlan.SUITES.iterator();
    }
  }

  /** How adbench splits. */
  enum Mode {
    SEMI,
    UNSUP,
    BOTH
  }

  @Parameters(
      paramLabel = "SUITE",
      completionCandidates = SuiteNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String suite;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The benchmark's folder, in its own layout, see below; missing takes several.")
  private List<Path> data = List.of();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SET",
      description =
          "These sets only, by name, separated by commas; * stands for any characters."
              + " Default: all")
  private List<String> only = List.of();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "For the results.")
  private Path out;

  @Option(
      names = "--protocol",
      defaultValue = "both",
      description =
          "adbench: semi trains on half of the normal rows and tests on the rest, unsup trains and"
              + " tests on all. One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Mode protocol;

  @Option(
      names = "--seeds",
      defaultValue = "1",
      paramLabel = "N",
      description = "Repetitions with seeds of their own; mean and spread. Default: 1")
  private int seeds;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "mnist: a second folder of IDX files, whose test images are outliers.")
  private @Nullable Path against;

  @Option(
      names = "--group-gap",
      paramLabel = "N",
      description =
          "images: draw the split anew, normal images whose names' numbers are closer than N on one"
              + " side; a fifth of the groups test. The sets are called <set>-by-group.")
  private @Nullable Integer groupGap;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "P",
      description =
          "Share of normal records that may alarm, instead of the configured one; calibration,"
              + " missing, fleet and noise ask for their own. Default: 0.01 for images, or else"
              + " 0.001")
  private @Nullable Double falseAlarmRate;

  @Option(
      names = "--iwae",
      defaultValue = "0",
      paramLabel = "K",
      description =
          "mnist: train the density with the importance-weighted objective of K samples; 0 trains"
              + " the ELBO. Default: 0")
  private int iwaeSamples;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "A detector's YAML file: its train section, window.length (not for tables and images),"
              + " alert.false-alarm-rate and alert.smooth, instead of the suite's own; calibration,"
              + " missing, fleet and noise ask for rates of their own.")
  private @Nullable Path config;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Sets side by side; 0 takes all cores. Trainings take turns. Default: 0")
  private int threads;

  @Option(names = "--force", description = "Forget the results that DIR already holds.")
  private boolean force;

  @Option(names = "--json", description = "Print metrics.json instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    requireUsage();
    Optional<NelboConfig> loaded = Optional.ofNullable(config).map(new ConfigLoader()::load);
    loaded.map(NelboConfig::alert).ifPresent(this::requireRate);
    EvaluationPlan plan =
        new EvaluationPlan(
            suite,
            new EvaluationPlan.Data(
                data,
                only,
                Optional.ofNullable(against),
                groupGap == null ? OptionalInt.empty() : OptionalInt.of(groupGap)),
            new EvaluationPlan.Results(out, force),
            new EvaluationPlan.Models(
                loaded.map(TrainingSetup::of), family.chosen(), rate(loaded), iwaeSamples),
            protocol == Mode.BOTH ? List.of("semi", "unsup") : List.of(lowerCase(protocol)),
            seeds,
            threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    EvaluationReport report;
    try (EvaluationMeter meter = new EvaluationMeter(spec.commandLine().getErr(), !json)) {
      report = new Evaluation(plan, Clock.systemUTC(), new Version().getVersion()[0]).run(meter);
    }
    if (json) {
      spec.commandLine().getOut().println(Json.line(report.asMap()));
    } else {
      new EvaluationText(spec.commandLine().getOut()).print(report);
    }
    return report.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private double rate(Optional<NelboConfig> loaded) {
    if (falseAlarmRate != null) {
      return falseAlarmRate;
    }
    return loaded
        .map(given -> given.alert().falseAlarmRate())
        .orElse(EvaluationPlan.usualRate(suite));
  }

  private void requireUsage() {
    if (!EvaluationPlan.SUITES.contains(suite)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "SUITE must be one of " + String.join(", ", EvaluationPlan.SUITES) + ", got " + suite);
    }
    if (data.isEmpty() && !EvaluationPlan.WITHOUT_FOLDER.contains(suite)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--data is missing: SUITE " + suite + " reads a folder");
    }
    if (data.size() > 1 && !EvaluationPlan.SEVERAL_FOLDERS.contains(suite)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--data is given %d times: SUITE %s reads one folder".formatted(data.size(), suite));
    }
    if (!suite.equals("mnist") && (against != null || iwaeSamples != 0)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--against and --iwae are options of mnist, SUITE is " + suite);
    }
    requireUsageOfImages();
    if (iwaeSamples < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--iwae must not be negative, got " + iwaeSamples);
    }
    if (seeds < 1 || threads < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--seeds must be at least 1 and --threads at least 0, got " + seeds + " and " + threads);
    }
  }

  private void requireUsageOfImages() {
    if (groupGap != null && (!suite.equals("images") || groupGap < 1)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--group-gap is an option of images and at least 1, got %d for SUITE %s"
              .formatted(groupGap, suite));
    }
    if (falseAlarmRate == null) {
      return;
    }
    if (EvaluationPlan.OWN_RATES.contains(suite)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "SUITE " + suite + " asks for rates of its own: without" + " --false-alarm-rate");
    }
    if (!(falseAlarmRate > 0 && falseAlarmRate < 0.5)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--false-alarm-rate must lie in (0, 0.5), got " + falseAlarmRate);
    }
  }

  /** Benchmarks have no series-days that a budget could be laid on. */
  private void requireRate(AlertConfig alert) {
    if (alert.isPerSeriesDay()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          ("alert.false-alarms-per-series-day (%s) is no unit of a benchmark: give"
                  + " alert.false-alarm-rate to evaluate")
              .formatted(alert.falseAlarmsPerSeriesDay()));
    }
  }

  private static String lowerCase(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
