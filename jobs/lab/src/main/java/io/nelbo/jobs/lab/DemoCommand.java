package io.nelbo.jobs.lab;

import io.nelbo.jobs.cli.FamilyOption;
import io.nelbo.jobs.cli.Terminal;
import io.nelbo.jobs.cli.Version;
import io.nelbo.jobs.cli.WallTime;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.demo.CsvInput;
import io.nelbo.jobs.demo.DemoInput;
import io.nelbo.jobs.demo.DemoReport;
import io.nelbo.jobs.demo.DemoRun;
import io.nelbo.jobs.demo.LineInput;
import io.nelbo.jobs.demo.PlantInput;
import io.nelbo.jobs.demo.WorkFolder;
import io.nelbo.jobs.demo.csv.CsvReplay;
import io.nelbo.jobs.demo.csv.CsvReplaySource;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.line.ExampleFrames;
import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.jobs.demo.line.LineScript;
import io.nelbo.jobs.demo.plant.PlantConfig;
import io.nelbo.jobs.demo.view.LiveView;
import io.nelbo.jobs.demo.view.SummaryText;
import io.nelbo.jobs.replay.cli.CsvOptions;
import io.nelbo.jobs.replay.result.ReplayFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole of it at once, on a simulated plant or on the user's own CSV files. */
@Command(
    name = "demo",
    description = {
      "Show the whole system at work, with nothing to install.",
      "Starts a Kafka broker and a Flink in this process, streams a simulated plant of pumps"
          + " through them, trains the first model on that stream, swaps it in, plants faults and"
          + " tells which were found. The pumps age and in the middle get another product, a new"
          + " normal: the model is retrained, and held against one that is not."
          + " With --csv your own files take the plant's place, with --images an inspection line.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final Duration TRAINING = Duration.ofHours(36);
  private static final Duration STATUS_EVERY = Duration.ofMillis(250);
  private static final String RESULTS = "results";
  private static final int PLANT_STEPS = 2_000;
  private static final int CSV_STEPS = 3_000;
  private static final int LINE_STEPS = 600;
  private static final Duration LINE_SLIDE = Duration.ofHours(1);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private CsvOptions columns;
  @Mixin private FamilyOption family;
  @Mixin private ImagesOption images;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = WallTime.class,
      description =
          "Wall time of the stream, like 90s or 5m; trainings come on top."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of plant, faults and training. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "0",
      description = "Simulated seconds per second; 0 fits --days into --duration.")
  private double speed;

  @Option(
      names = "--pumps",
      paramLabel = "N",
      defaultValue = "12",
      description = "Pumps in the plant. Default: ${DEFAULT-VALUE}.")
  private int pumps;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Simulated days; the first 1.5 train. With 5 or more, the product changes in the middle."
              + " Default: ${DEFAULT-VALUE}.")
  private double days;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Gradient steps of each training at most. Default: 2000, with --csv 3000, with"
              + " --images 600.")
  private @Nullable Integer steps;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Your own CSV files, plain or gzip, with a header, in order of time.")
  private @Nullable List<Path> csv;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = {
        "With --csv: rows that train. Default: the whole first file of several,"
            + " 15 %% of a single one."
      })
  private @Nullable Integer trainRows;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "nelbo-demo",
      description =
          "Receives the summary, the anomalies, a report with charts, the models and a"
              + " config.yaml to start from. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "-1",
      description = "Of Flink's web page; 0 takes a free one. Default: 8081, if it is free.")
  private int port;

  @Option(names = "--headless", description = "Plain lines, no status line rewritten in place.")
  private boolean headless;

  @Option(names = "--json", description = "Print the summary as JSON, the rest to standard error.")
  private boolean json;

  // picocli fills all of them before call(); these values are for the compiler.
  DemoCommand() {
    duration = Duration.ZERO;
    out = Path.of("");
    spec = CommandSpec.create();
    columns = new CsvOptions();
    family = new FamilyOption();
    images = new ImagesOption();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter printer = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    DemoInput input;
    try {
      input = images.isGiven() ? line() : csv == null ? plant() : ownFiles(csv);
    } catch (CsvFormatException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    boolean inPlace = !headless && Terminal.isInteractive();
    LiveView view = new LiveView(printer, ansi, inPlace);
    input.notes().forEach(view::line);
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndWait(stop, done), "demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (WorkFolder folder = WorkFolder.inside(out)) {
      String ports = port < 0 ? "8081,0" : Integer.toString(port);
      DemoReport report = new DemoReport(out.resolve(RESULTS), new Version().getVersion()[0]);
      report.requireRoom();
      DemoRun run =
          new DemoRun(input, folder.path(), ports, view, STATUS_EVERY, stop, Optional.of(report));
      DemoSummary summary = run.run();
      tell(summary, view, ansi);
      leave(run.isReported(), stop.get(), report, input, view);
      return exitCode(summary, stop.get());
    } finally {
      view.end();
      done.countDown();
      if (!stop.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  /** Ctrl-C: the run ends its own way, with its summary; the process ends after it. */
  private static void stopAndWait(AtomicBoolean stop, CountDownLatch done) {
    stop.set(true);
    try {
      if (!done.await(30, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DemoInput plant() {
    Duration length = Duration.ofMinutes(Math.round(days * 1440));
    PlantConfig plant =
        new PlantConfig(
            seed, pumps, Duration.ofSeconds(30), TRAINING, length, PlantInput.changeIn(length));
    return PlantInput.of(plant, steps == null ? PLANT_STEPS : steps, speed, duration);
  }

  private DemoInput line() {
    LineScript script = new LineScript(new LinePlan(seed, LINE_SLIDE, LINE_INTERVAL));
    return LineInput.of(script, steps == null ? LINE_STEPS : steps);
  }

  private DemoInput ownFiles(List<Path> files) throws IOException {
    OptionalInt rows = trainRows == null ? OptionalInt.empty() : OptionalInt.of(trainRows);
    CsvReplay replay = new CsvReplaySource(files, columns.columns(), rows).read();
    DemoInput input = CsvInput.of(replay, steps == null ? CSV_STEPS : steps, speed, seed);
    return family.chosen().map(input::ofFamily).orElse(input);
  }

  /** A run that lost sight of a record has failed, and one that came to its end and scored none. */
  static int exitCode(DemoSummary summary, boolean isStopped) {
    DemoSummary.Flow flow = summary.flow();
    boolean hasScored = isStopped || flow.fates().scored() > 0;
    return flow.isBalanced() && hasScored ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void tell(DemoSummary summary, LiveView view, Ansi ansi) throws IOException {
    Files.writeString(out.resolve("summary.json"), summary.json() + "\n");
    new SummaryText(summary, ansi).lines().forEach(view::line);
    if (json) {
      spec.commandLine().getOut().println(summary.json());
      spec.commandLine().getOut().flush();
    }
  }

  /** Says what there is to look at, and what to do next. */
  private void leave(
      boolean isReported, boolean isStopped, DemoReport report, DemoInput input, LiveView view)
      throws IOException {
    view.line("");
    if (input.script().line().isPresent()) {
      Path frames = out.resolve("frames");
      int count = new ExampleFrames(input.script().line().get()).write(frames);
      view.line("Frames to look at and to replay: %d in %s".formatted(count, frames));
    }
    if (!isReported) {
      view.line(
          "No report: %s. Figures: %s"
              .formatted(
                  isStopped
                      ? "the run was stopped"
                      : "nothing was scored, the decisions above say why",
                  out));
      return;
    }
    Path kept = out.resolve("config.yaml");
    Files.writeString(
        kept, input.config().yamlToKeep(report.files().models(), out.toAbsolutePath().normalize()));
    ReplayFiles files = new ReplayFiles(out.resolve(RESULTS));
    view.line("Look at %s; all events: %s".formatted(files.report(), files.anomalies()));
    view.line(
        csv == null && !input.config().stream().isOfFrames()
            ? "Next, a file of your own: ./nelbo demo --csv FILE --time COLUMN --label COLUMN"
            : "Next, your own topics: put them into %s, then ./nelbo check --config %s"
                .formatted(kept, kept));
  }
}
