package io.nelbo.jobs.config;

import io.nelbo.model.calibrate.SmoothedCalibration;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What values may be, alone and together: every rule of the configuration on one page. */
final class ConfigRules {
  /** The broker's default {@code transaction.max.timeout.ms}. */
  private static final Duration BROKER_MAXIMUM = Duration.ofMinutes(15);

  /** A slide is a decision: more of them in a span decide on nothing new. */
  private static final int MOST_SLIDES = 1000;

  private static final int MOST_PER_DAY = 10_000;

  private static final String WORDS_WITH_DASHES = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  /** A broken rule and the keys that it is about. */
  record Violation(List<String> keys, String message) {}

  private final List<Violation> violations = new ArrayList<>();

  private ConfigRules() {}

  static List<Violation> check(NelboConfig config) {
    ConfigRules rules = new ConfigRules();
    rules.checkNames(config);
    rules.checkContext(config);
    rules.checkTopics(config);
    rules.checkScoring(config);
    rules.checkModel(config.model());
    rules.checkRetrain(config);
    rules.checkTrain(config.train());
    rules.checkJob(config.job());
    return rules.violations;
  }

  private void checkNames(NelboConfig config) {
    require(
        config.detector().matches(WORDS_WITH_DASHES),
        "detector",
        "must be lower-case words with dashes, like pump-vibration",
        config.detector());
    if (config.features().isEmpty()) {
      violate(List.of("features"), "features must name at least one feature");
    }
    checkDifferent("features", config.features());
    require(
        config.kafka().bootstrapServers().matches("[^\\s,:]+:\\d{1,5}(,\\s*[^\\s,:]+:\\d{1,5})*"),
        "kafka.bootstrap-servers",
        "must be host:port, separated by commas",
        config.kafka().bootstrapServers());
  }

  private void checkContext(NelboConfig config) {
    ContextConfig context = config.context();
    checkDifferent("context.fields", context.fields());
    for (String field : context.fields()) {
      if (config.features().contains(field)) {
        violate(
            List.of("context.fields", "features"),
            "context.fields names '%s', which is a feature: a value is judged or it is not",
            field);
      }
    }
    checkDifferent("context.calendar", context.calendar());
    for (String name : context.calendar()) {
      require(
          CalendarCycle.named(name).isPresent(),
          "context.calendar",
          "must name " + String.join(" or ", CalendarCycle.settingNames()),
          name);
    }
    try {
      context.zone();
    } catch (DateTimeException unknown) {
      require(
          false,
          "context.time-zone",
          "must be a time zone like Europe/Berlin, UTC or +01:00",
          context.timeZone());
    }
  }

  private void checkDifferent(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        violate(List.of(key), "%s must not hold an empty name", key);
      } else if (!seen.add(name)) {
        violate(List.of(key), "%s names '%s' twice", key, name);
      }
    }
  }

  private void checkTopics(NelboConfig config) {
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("source.topic", config.source().topic());
    topics.put("topics.anomalies", config.topics().anomalies());
    topics.put("topics.scores", config.topics().scores());
    topics.put("topics.dead-letters", config.topics().deadLetters());
    topics.put("topics.models", config.topics().models());
    Map<String, String> owners = new HashMap<>();
    topics.forEach(
        (key, topic) -> {
          require(
              topic.matches("[a-zA-Z0-9._-]{1,249}"),
              key,
              "must be 1 to 249 letters, digits, dots, dashes or underscores",
              topic);
          String owner = owners.putIfAbsent(topic, key);
          if (owner != null) {
            violate(
                List.of(key, owner),
                "%s and %s are both '%s': they must differ",
                owner,
                key,
                topic);
          }
        });
    atLeast(config.topics().sampleEvery(), 1, "topics.sample-every");
  }

  private void checkScoring(NelboConfig config) {
    require(!config.source().group().isBlank(), "source.group", "must not be empty", "");
    atLeast(config.source().maxBytes(), 1, "source.max-bytes");
    positive(config.source().idleness(), "source.idleness");
    positive(config.series().maxGap(), "series.max-gap");
    notBelow(
        config.series().forgetAfter(),
        "series.forget-after",
        config.series().maxGap(),
        "series.max-gap",
        "a window would be forgotten before it may end");
    within(config.window().length(), 1, 512, "window.length");
    within(config.batch().size(), 1, 4096, "batch.size");
    positive(config.batch().age(), "batch.age");
    checkAlert(config.alert());
  }

  private void checkAlert(AlertConfig alert) {
    double perDay = alert.falseAlarmsPerSeriesDay();
    double rate = alert.falseAlarmRate();
    require(
        perDay >= 0 && perDay <= MOST_PER_DAY,
        "alert.false-alarms-per-series-day",
        "must be positive and at most " + MOST_PER_DAY + ", or 0 for alert.false-alarm-rate",
        perDay);
    if (perDay > 0 && rate != 0) {
      violate(
          List.of("alert.false-alarms-per-series-day", "alert.false-alarm-rate"),
          "alert.false-alarms-per-series-day (%s) and alert.false-alarm-rate (%s) are two units of"
              + " one budget: give one of them",
          perDay,
          rate);
    } else if (perDay == 0 && !(rate > 0 && rate < 0.5)) {
      violate(
          List.of("alert.false-alarm-rate", "alert.false-alarms-per-series-day"),
          "alert.false-alarm-rate must lie in (0, 0.5), got '%s'",
          rate);
    }
    positive(alert.episodeGap(), "alert.episode-gap");
    within(alert.smooth(), 1, SmoothedCalibration.MOST_RECORDS, "alert.smooth");
    atLeast(alert.top(), 1, "alert.top");
  }

  private void checkModel(ModelConfig model) {
    require(
        model.id().matches(WORDS_WITH_DASHES) && model.id().length() <= 100,
        "model.id",
        "must be lower-case words with dashes, at most 100 characters",
        model.id());
    require(!model.store().isBlank(), "model.store", "must not be empty", "");
    require(
        !model.store().matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*"),
        "model.store",
        "must be a directory of this machine or a mounted one",
        model.store());
    positive(model.loadTimeout(), "model.load-timeout");
    within(model.maxBytes(), 1, Integer.MAX_VALUE - 8L, "model.max-bytes");
    double share = model.minObserved();
    require(share > 0 && share <= 1, "model.min-observed", "must lie in (0, 1]", share);
    require(
        model.device().matches("auto|cpu|gpu|gpu:\\d+"),
        "model.device",
        "must be auto, cpu, gpu or gpu:<index>",
        model.device());
  }

  private void checkRetrain(NelboConfig config) {
    RetrainConfig retrain = config.retrain();
    positive(retrain.every(), "retrain.every");
    notBelow(
        retrain.span(),
        "retrain.span",
        retrain.every(),
        "retrain.every",
        "records in between would never be trained on");
    atLeast(retrain.minRows(), 100, "retrain.min-rows");
    within(retrain.shadow(), 0, 100, "retrain.shadow");
    checkRetrainMemory(config);
  }

  private void checkRetrainMemory(NelboConfig config) {
    RetrainConfig retrain = config.retrain();
    if (retrain.every().isZero() || retrain.span().compareTo(retrain.every()) < 0) {
      return;
    }
    long slides = retrain.slidesPerSpan();
    if (slides > MOST_SLIDES) {
      violate(
          List.of("retrain.span", "retrain.every"),
          "retrain.span (%s) must be at most %s times retrain.every (%s)",
          ValueText.format(retrain.span()),
          MOST_SLIDES,
          ValueText.format(retrain.every()));
      return;
    }
    int values = config.features().size() + config.context().size();
    long rows = ((long) retrain.minRows() * retrain.slidesHeld() + slides - 1) / slides;
    long needed = rows * RetrainConfig.rowBytes(values);
    if (retrain.maxBytes() < needed) {
      violate(
          List.of("retrain.max-bytes", "retrain.min-rows", "features"),
          "retrain.max-bytes (%s) must hold retrain.min-rows (%s) of %s features in %s of %s"
              + " slides: %s bytes",
          ValueText.formatSize(retrain.maxBytes()),
          retrain.minRows(),
          values,
          slides,
          retrain.slidesHeld(),
          needed);
    }
  }

  private void checkTrain(TrainConfig train) {
    atLeast(train.hidden(), 1, "train.hidden");
    atLeast(train.latent(), 0, "train.latent");
    atLeast(train.steps(), 1, "train.steps");
    atLeast(train.batchSize(), 8, "train.batch-size");
    require(
        train.learningRate() > 0, "train.learning-rate", "must be positive", train.learningRate());
    require(
        train.deviation() > 0 && Double.isFinite(train.deviation()),
        "train.deviation",
        "must be positive",
        train.deviation());
    require(
        train.trim() >= 0 && train.trim() < 1, "train.trim", "must lie in [0, 1)", train.trim());
    require(
        train.scoringSamples() >= 2
            && train.scoringSamples() <= 64
            && train.scoringSamples() % 2 == 0,
        "train.scoring-samples",
        "must be even and lie in 2..64: draws come in pairs",
        train.scoringSamples());
    positive(train.budget(), "train.budget");
  }

  private void checkJob(JobConfig job) {
    within(job.parallelism(), 1, 720, "job.parallelism");
    positive(job.checkpointInterval(), "job.checkpoint-interval");
    require(
        !job.checkpointDir().isBlank(),
        "job.checkpoint-dir",
        "must not be empty: state above 5 MiB could not be checkpointed and the job would restart"
            + " for ever",
        "");
    if (job.guarantee() != JobConfig.Guarantee.EXACTLY_ONCE) {
      return;
    }
    if (job.transactionTimeout().compareTo(job.checkpointInterval()) <= 0) {
      violate(
          List.of("job.transaction-timeout", "job.checkpoint-interval"),
          "job.transaction-timeout (%s) must exceed job.checkpoint-interval (%s):"
              + " every transaction would be aborted before it commits",
          ValueText.format(job.transactionTimeout()),
          ValueText.format(job.checkpointInterval()));
    }
    if (job.transactionTimeout().compareTo(BROKER_MAXIMUM) > 0) {
      violate(
          List.of("job.transaction-timeout"),
          "job.transaction-timeout (%s) must be at most 15m: brokers refuse more by default",
          ValueText.format(job.transactionTimeout()));
    }
  }

  private void within(long value, long least, long most, String key) {
    require(value >= least && value <= most, key, "must lie in " + least + ".." + most, value);
  }

  private void atLeast(long value, long least, String key) {
    require(value >= least, key, "must be at least " + least, value);
  }

  private void positive(Duration value, String key) {
    require(!value.isZero(), key, "must be positive", ValueText.format(value));
  }

  private void notBelow(
      Duration value, String key, Duration least, String leastKey, String consequence) {
    if (value.compareTo(least) < 0) {
      violate(
          List.of(key, leastKey),
          "%s (%s) must be at least %s (%s): %s",
          key,
          ValueText.format(value),
          leastKey,
          ValueText.format(least),
          consequence);
    }
  }

  private void require(boolean holds, String key, String rule, Object value) {
    if (!holds) {
      violate(List.of(key), "%s %s, got '%s'", key, rule, value);
    }
  }

  private void violate(List<String> keys, String message, Object... values) {
    violations.add(new Violation(keys, String.format(message, values)));
  }
}
