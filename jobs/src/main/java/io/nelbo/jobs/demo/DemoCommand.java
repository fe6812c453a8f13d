package io.nelbo.jobs.demo;

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
          + " tells which were found. With --csv your own files take the plant's place.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final Duration TRAINING = Duration.ofDays(2);
  private static final Duration EPISODE_GAP = Duration.ofHours(1);
  private static final double FALSE_ALARM_RATE = 5e-4;
  private static final double FEEDING_SHARE = 0.8;

  @Spec private CommandSpec spec;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "90s",
      converter = WallTime.class,
      description = "Wall time of the stream, like 90s or 5m. Default: ${DEFAULT-VALUE}.")
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
      defaultValue = "6",
      description = "Simulated days; the first two train. Default: ${DEFAULT-VALUE}.")
  private double days;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Your own CSV files, plain or gzip, with a header, in order of time.")
  private @Nullable List<Path> csv;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "With --csv: event time. Else one record per second.")
  private @Nullable String time;

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      description = "With --csv: machine or service of a row. Else all rows are one series.")
  private @Nullable String series;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "With --csv: 1 or true where a row is known to be anomalous.")
  private @Nullable String label;

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
      description = "Receives summary.json and config.yaml. Default: ${DEFAULT-VALUE}.")
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
  public DemoCommand() {
    duration = Duration.ZERO;
    out = Path.of("");
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter printer = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    DemoInput input;
    try {
      input = csv == null ? plant() : ownFiles(csv);
    } catch (CsvProblemException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    boolean inPlace = !headless && isTerminal();
    LiveView view = new LiveView(printer, ansi, inPlace);
    input.notes().forEach(view::line);
    Duration statusEvery = inPlace ? Duration.ofMillis(250) : Duration.ofSeconds(5);
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndWait(stop, done), "demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (WorkFolder folder = WorkFolder.inside(out)) {
      String ports = port < 0 ? "8081,0" : Integer.toString(port);
      DemoSummary summary = new DemoRun(input, folder.path(), ports, view, statusEvery, stop).run();
      tell(summary, input.config(), view, ansi);
      return CommandLine.ExitCode.OK;
    } finally {
      view.end();
      done.countDown();
      if (!stop.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // the launcher keeps the old meaning on newer Java
  private static boolean isTerminal() {
    return System.console() != null;
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
    PlantConfig config = new PlantConfig(seed, pumps, Duration.ofSeconds(30), TRAINING, length);
    SimulatedPlant plant = new SimulatedPlant(config);
    double fitting = length.toSeconds() / (FEEDING_SHARE * duration.toMillis() / 1000.0);
    DemoConfig demo =
        new DemoConfig(
            Sensors.NAMES,
            pumps * config.stepsIn(TRAINING),
            TRAINING,
            Duration.ofMinutes(30),
            EPISODE_GAP,
            FALSE_ALARM_RATE,
            pumps < 8 ? 1 : 2,
            seed);
    return new DemoInput(
        demo,
        plant.ticks(),
        plant.faults(),
        PlantConfig.START.plus(TRAINING),
        PlantConfig.START.plus(length),
        speed > 0 ? speed : fitting,
        duration,
        pumps,
        List.of(
            "%d pumps of %d sensors, %s simulated days, %d faults from the third day on"
                .formatted(pumps, Sensors.COUNT, LiveView.digits(days), plant.faults().size())));
  }

  private DemoInput ownFiles(List<Path> files) {
    CsvOptions options =
        new CsvOptions(
            files,
            Optional.ofNullable(time),
            Optional.ofNullable(series),
            Optional.ofNullable(label),
            trainRows == null ? OptionalInt.empty() : OptionalInt.of(trainRows));
    return CsvInput.of(new CsvReplaySource(options).read(), speed, seed);
  }

  private void tell(DemoSummary summary, DemoConfig config, LiveView view, Ansi ansi)
      throws IOException {
    Path written = out.resolve("summary.json");
    Files.writeString(written, summary.json() + "\n");
    Files.writeString(
        out.resolve("config.yaml"), config.yaml("localhost:9092", out.toAbsolutePath()));
    new SummaryText(summary, ansi).lines().forEach(view::line);
    view.line("Written to " + written);
    if (json) {
      spec.commandLine().getOut().println(summary.json());
      spec.commandLine().getOut().flush();
    }
  }
}
