package io.nelbo.jobs.demo;

import io.nelbo.jobs.broker.EmbeddedBroker;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.demo.feed.FeedClock;
import io.nelbo.jobs.demo.feed.FeedProgress;
import io.nelbo.jobs.demo.judge.Decision;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.jobs.demo.judge.Fates;
import io.nelbo.jobs.demo.judge.LineJudge;
import io.nelbo.jobs.demo.judge.Tally;
import io.nelbo.jobs.demo.line.LineScript;
import io.nelbo.jobs.demo.view.DefectTeller;
import io.nelbo.jobs.demo.view.EventTeller;
import io.nelbo.jobs.demo.view.FaultTeller;
import io.nelbo.jobs.demo.view.LiveView;
import io.nelbo.jobs.demo.view.ModelTeller;
import io.nelbo.jobs.demo.view.StatusLine;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.retrain.job.RetrainJob;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main job end to end in one process: broker, Flink with both jobs, feeder, viewer, judge; and
 * a second score job that keeps the first model, where retraining is to be compared with it.
 *
 * <p>Two threads: one feeds; the caller's reads the output topics and shows them.
 */
public final class DemoRun {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration END_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
  private static final Duration QUIET_END = Duration.ofMillis(1_500);

  private final DemoInput input;
  private final Path folder;
  private final String ports;
  private final LiveView view;
  private final Duration statusEvery;
  private final AtomicBoolean stop;
  private final Optional<DemoReport> report;
  private final FeedClock clock = FeedClock.system();
  private final Tally tally = new Tally();
  private final Evidence evidence;
  private final FeedProgress progress = new FeedProgress(clock);
  private final EventTeller teller;
  private final ModelTeller modelTeller;
  private Optional<FirstModelRun> firstModel = Optional.empty();
  private boolean isReported;

  /**
   * @param folder for everything that the run needs; the caller deletes it
   * @param ports of Flink's web page, as {@link LocalFlink#start} reads them
   * @param statusEvery wall time between two status lines
   * @param stop ends the feeding early when it becomes true; then no report is written
   * @param report what is to be left; empty for nothing
   */
  public DemoRun(
      DemoInput input,
      Path folder,
      String ports,
      LiveView view,
      Duration statusEvery,
      AtomicBoolean stop,
      Optional<DemoReport> report) {
    this.input = input;
    this.folder = folder;
    this.ports = ports;
    this.view = view;
    this.statusEvery = statusEvery;
    this.stop = stop;
    this.report = report;
    this.evidence = new Evidence(tally, input.script().line(), clock);
    this.teller = teller();
    this.modelTeller = new ModelTeller(view, tally, teller);
  }

  private EventTeller teller() {
    DemoInput.Script script = input.script();
    return script
        .line()
        .flatMap(line -> evidence.judge().map(judge -> teller(line, judge)))
        .orElseGet(() -> new FaultTeller(view, script.faults(), script.change()));
  }

  private EventTeller teller(LineScript line, LineJudge judge) {
    return new DefectTeller(view, line.plan(), judge);
  }

  /**
   * Runs to the end of the input, of the duration, or until stopped, and judges.
   *
   * @throws IllegalStateException with the root cause if a part of it fails
   * @throws IOException when the report cannot be written
   */
  public DemoSummary run() throws IOException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      String servers = broker.bootstrapServers();
      makeTopics(servers);
      view.line("Kafka broker   " + servers);
      NelboConfig config = input.config().load(servers, folder);
      DemoSummary summary = run(servers, config);
      if (report.isPresent() && isWorthAReport()) {
        report.get().write(config, view);
        view.end();
        isReported = true;
      }
      return summary;
    }
  }

  /** Whether the report has been written. */
  public boolean isReported() {
    return isReported;
  }

  private boolean isWorthAReport() {
    return !stop.get() && !tally.modelVersions().isEmpty();
  }

  private DemoSummary run(String servers, NelboConfig config) throws InterruptedException {
    DemoStream stream = input.config().stream();
    int slots = (isCompared() ? 3 : 2) * input.config().parallelism();
    try (LocalFlink flink = LocalFlink.start(folder.resolve("flink"), ports, slots);
        TopicWatch watch = new TopicWatch(servers, stream.topics(), tally);
        RecordProducer producer = new RecordProducer(servers, stream.records())) {
      view.line("Flink web page " + flink.webUi());
      submit(flink, "score", config, ScoreJob::define);
      submit(flink, "retrain", config, RetrainJob::define);
      return isCompared()
          ? besideFirstModel(flink, watch, producer, servers)
          : run(flink, watch, producer);
    }
  }

  private boolean isCompared() {
    return !input.script().phases().isEmpty();
  }

  private DemoSummary besideFirstModel(
      LocalFlink flink, TopicWatch watch, RecordProducer producer, String servers)
      throws InterruptedException {
    try (FirstModelRun other = new FirstModelRun(input.config(), servers, folder)) {
      submit(flink, "score with the first model alone", other.config(), ScoreJob::define);
      firstModel = Optional.of(other);
      return run(flink, watch, producer);
    }
  }

  private DemoSummary run(LocalFlink flink, TopicWatch watch, RecordProducer producer)
      throws InterruptedException {
    flink.awaitRunning(clock, START_PATIENCE);
    Duration feeding = feedAndWatch(flink, watch, producer);
    boolean complete = awaitTheRest(flink, watch, producer.acknowledged());
    return summary(producer.acknowledged(), feeding, complete);
  }

  private void makeTopics(String servers) {
    int partitions = input.config().parallelism();
    DemoStream stream = input.config().stream();
    List<TopicSpec> topics = new ArrayList<>(stream.topics().specs(partitions));
    topics.add(new TopicSpec(stream.records(), partitions));
    if (isCompared()) {
      topics.addAll(input.config().kept().specs(partitions));
    }
    new TopicAdmin(servers, START_PATIENCE).create(topics);
  }

  private static void submit(
      LocalFlink flink,
      String name,
      NelboConfig config,
      BiConsumer<StreamExecutionEnvironment, NelboConfig> definition) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
    definition.accept(env, config);
    flink.submit(name, env.getStreamGraph());
  }

  private Duration feedAndWatch(LocalFlink flink, TopicWatch watch, RecordProducer producer)
      throws InterruptedException {
    try (FeederThread feeder = new FeederThread(input, producer, progress, clock, stop::get)) {
      StatusLine status = new StatusLine(progress, tally, clock, input.config().training().rows());
      Patience silence = new Patience(clock);
      long shown = clock.nanos();
      int lines = 0;
      while (feeder.isAlive()) {
        poll(watch);
        if (clock.nanos() - shown > statusEvery.toNanos()) {
          shown = clock.nanos();
          flink.requireNoFailure();
          view.status(status.text());
          int state = Objects.hash(progress.records(), progress.isWaiting(), lines);
          if (silence.isOver(state, SILENCE) && progress.isWaiting()) {
            view.line("still waiting for the retrain job's decision; " + standing());
            lines++;
          }
        }
      }
      feeder.requireNoFailure(standing());
      return feeder.fedFor();
    }
  }

  /** Where the records are, in words. */
  private String standing() {
    Fates fates = tally.fates();
    return "%,d records fed, of which %,d are to train the first model; %,d scored, %,d unscored, %,d late, %,d dead letters, %d decisions so far"
        .formatted(
            progress.records(),
            input.config().training().rows(),
            fates.scored(),
            fates.unscored(),
            fates.late(),
            fates.deadLettered(),
            tally.decisions().size());
  }

  /** Faults are told in the time of the results, which come a checkpoint later. */
  private void poll(TopicWatch watch) {
    Optional<Instant> before = tally.newest();
    watch.poll(this::decided, this::scored, this::anomaly);
    evidence.look(progress.records());
    firstModel.ifPresent(FirstModelRun::poll);
    // Scores become visible a moment before the anomalies of the same checkpoint.
    before.ifPresent(teller::advance);
  }

  private void scored(List<Score> scores) {
    evidence.add(scores);
    modelTeller.tellSwaps();
  }

  private void anomaly(Anomaly anomaly, DetectedEpisode episode) {
    evidence.add(anomaly);
    teller.anomaly(anomaly, episode);
  }

  private void decided(ModelEvent event) {
    firstModel.ifPresent(run -> run.decided(event)); // before the feeder goes on
    progress.decisionSeen();
    modelTeller.decided(Decision.of(event));
  }

  /** Exactly-once results come with the next checkpoint; anomalies may come a little later. */
  private boolean awaitTheRest(LocalFlink flink, TopicWatch watch, long recordsIn) {
    Patience waiting = new Patience(clock);
    long complete = 0;
    long shown = 0;
    while (complete == 0 || clock.nanos() - complete < QUIET_END.toNanos()) {
      Duration patience = stop.get() ? STOP_PATIENCE : END_PATIENCE;
      if (complete == 0 && waiting.isOver(accounted(), patience)) {
        return false;
      }
      poll(watch);
      if (complete == 0 && accounted() >= recordsIn) {
        complete = clock.nanos();
      }
      if (clock.nanos() - shown > statusEvery.toNanos()) {
        shown = clock.nanos();
        flink.requireNoFailure();
        view.status("collecting the last results: %,d of %,d".formatted(accounted(), recordsIn));
      }
    }
    return true;
  }

  /** Records whose fate is known in every run. */
  private long accounted() {
    long other = firstModel.map(run -> run.tally().accounted()).orElse(Long.MAX_VALUE);
    return Math.min(tally.accounted(), other);
  }

  private DemoSummary summary(long recordsIn, Duration feeding, boolean complete) {
    view.end();
    return evidence.summary(
        input,
        new DemoSummary.Flow(recordsIn, tally.fates(), feeding, complete),
        firstModel,
        progress.newest().orElse(Instant.MIN));
  }
}
