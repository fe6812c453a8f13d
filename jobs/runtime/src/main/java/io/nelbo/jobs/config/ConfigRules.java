package io.nelbo.jobs.config;

import io.nelbo.model.family.Families;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What values may be, alone and together: rules of single sections with much to say are beside it.
 */
final class ConfigRules {
  /** The broker's default {@code transaction.max.timeout.ms}. */
  private static final Duration BROKER_MAXIMUM = Duration.ofMinutes(15);

  /** A slide is a decision: more of them in a span decide on nothing new. */
  private static final int MOST_SLIDES = 1000;

  /** Its square must be a 32-bit number that is neither 0 nor without limit. */
  private static final double LEAST_DEVIATION = 0.001;

  private static final double MOST_DEVIATION = 10;

  /** It is a folder's name, and part of others. */
  private static final int LONGEST_NAME = 100;

  private static final String WORDS_WITH_DASHES = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private final Violations broken = new Violations();

  private ConfigRules() {}

  static List<Violations.Violation> check(NelboConfig config) {
    ConfigRules rules = new ConfigRules();
    rules.checkNames(config);
    ContextRules.check(config, rules.broken);
    ImageRules.check(config, rules.broken);
    rules.checkTopics(config);
    rules.checkScoring(config);
    rules.checkModel(config.model());
    rules.checkRetrain(config);
    rules.checkTrain(config.train());
    rules.checkJob(config.job());
    rules.checkTransactions(config);
    return rules.broken.all();
  }

  /** What the files that it names may hold. */
  static List<Violations.Violation> checkFiles(NelboConfig config) {
    Violations broken = new Violations();
    for (String fault : UserExclusions.faults(config.retrain().exclusions())) {
      broken.violate(List.of("retrain.exclusions"), "%s", fault);
    }
    return broken.all();
  }

  private void checkNames(NelboConfig config) {
    broken.require(
        config.detector().matches(WORDS_WITH_DASHES),
        "detector",
        "must be lower-case words with dashes, like pump-vibration",
        config.detector());
    broken.require(
        config.detector().length() <= LONGEST_NAME,
        "detector",
        "must have at most " + LONGEST_NAME + " characters",
        config.detector());
    if (config.features().isEmpty() && !config.image().isConfigured()) {
      broken.violate(
          List.of("features"),
          "features must name at least one feature, or image.height and image.width the size of"
              + " frames");
    }
    broken.different("features", config.features());
    broken.require(
        config.kafka().bootstrapServers().matches("[^\\s,:]+:\\d{1,5}(,\\s*[^\\s,:]+:\\d{1,5})*"),
        "kafka.bootstrap-servers",
        "must be host:port, separated by commas",
        config.kafka().bootstrapServers());
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
          broken.require(
              topic.matches("[a-zA-Z0-9._-]{1,249}"),
              key,
              "must be 1 to 249 letters, digits, dots, dashes or underscores",
              topic);
          String owner = owners.putIfAbsent(topic, key);
          if (owner != null) {
            broken.violate(
                List.of(key, owner),
                "%s and %s are both '%s': they must differ",
                owner,
                key,
                topic);
          }
        });
    broken.atLeast(config.topics().sampleEvery(), 1, "topics.sample-every");
  }

  private void checkScoring(NelboConfig config) {
    broken.require(!config.source().group().isBlank(), "source.group", "must not be empty", "");
    broken.atLeast(config.source().maxBytes(), 1, "source.max-bytes");
    broken.positive(config.source().idleness(), "source.idleness");
    ContextRules.checkZone("source.time-zone", config.source().timeZone(), broken);
    broken.positive(config.series().maxGap(), "series.max-gap");
    broken.notBelow(
        config.series().forgetAfter(),
        "series.forget-after",
        config.series().maxGap(),
        "series.max-gap",
        "a window would be forgotten before it may end");
    broken.within(config.window().length(), 1, 512, "window.length");
    broken.within(config.batch().size(), 1, 4096, "batch.size");
    broken.positive(config.batch().age(), "batch.age");
    AlertSettingRules.check(config.alert(), broken);
  }

  private void checkModel(ModelConfig model) {
    broken.require(
        model.id().matches(WORDS_WITH_DASHES) && model.id().length() <= LONGEST_NAME,
        "model.id",
        "must be lower-case words with dashes, at most " + LONGEST_NAME + " characters",
        model.id());
    broken.require(!model.store().isBlank(), "model.store", "must not be empty", "");
    broken.require(
        model.hasLocalStore() || model.store().matches("[a-z][a-z0-9+.-]*://[^/]*(/[^/]+)+"),
        "model.store",
        "must be a directory, or a URI with a folder like s3://bucket/nelbo",
        model.store());
    broken.positive(model.loadTimeout(), "model.load-timeout");
    broken.within(model.maxBytes(), 1, Integer.MAX_VALUE - 8L, "model.max-bytes");
    broken.atLeast(model.keep(), 1, "model.keep");
    double share = model.minObserved();
    broken.require(share > 0 && share <= 1, "model.min-observed", "must lie in (0, 1]", share);
    broken.require(
        model.device().matches("auto|cpu|gpu|gpu:\\d+"),
        "model.device",
        "must be auto, cpu, gpu or gpu:<index>",
        model.device());
  }

  private void checkRetrain(NelboConfig config) {
    RetrainConfig retrain = config.retrain();
    broken.positive(retrain.every(), "retrain.every");
    broken.notBelow(
        retrain.span(),
        "retrain.span",
        retrain.every(),
        "retrain.every",
        "records in between would never be trained on");
    broken.atLeast(retrain.minRows(), 100, "retrain.min-rows");
    broken.within(retrain.shadow(), 0, 100, "retrain.shadow");
    broken.positive(retrain.checkpointInterval(), "retrain.checkpoint-interval");
    checkRetrainMemory(config);
  }

  private void checkRetrainMemory(NelboConfig config) {
    RetrainConfig retrain = config.retrain();
    if (retrain.every().isZero() || retrain.span().compareTo(retrain.every()) < 0) {
      return;
    }
    long slides = retrain.slidesPerSpan();
    if (slides > MOST_SLIDES) {
      broken.violate(
          List.of("retrain.span", "retrain.every"),
          "retrain.span (%s) must be at most %s times retrain.every (%s)",
          ValueText.format(retrain.span()),
          MOST_SLIDES,
          ValueText.format(retrain.every()));
      return;
    }
    int values;
    try {
      values = config.shape().columnCount();
    } catch (IllegalArgumentException noSuchRecords) {
      return; // told already, by the rules of names and of frames
    }
    long rows = ((long) retrain.minRows() * retrain.slidesHeld() + slides - 1) / slides;
    long needed = rows * RetrainConfig.rowBytes(values);
    if (retrain.maxBytes() < needed) {
      broken.violate(
          List.of("retrain.max-bytes", "retrain.min-rows", "features", "context"),
          "retrain.max-bytes (%s) must hold retrain.min-rows (%s) of %s values (features and"
              + " context) in %s of %s slides: %s bytes",
          ValueText.formatSize(retrain.maxBytes()),
          retrain.minRows(),
          values,
          slides,
          retrain.slidesHeld(),
          needed);
    }
  }

  private void checkTrain(TrainConfig train) {
    broken.require(
        Families.names().contains(train.family()),
        "train.family",
        "must be " + String.join(" or ", Families.names()),
        train.family());
    broken.atLeast(train.hidden(), 1, "train.hidden");
    broken.atLeast(train.latent(), 0, "train.latent");
    broken.atLeast(train.steps(), 1, "train.steps");
    broken.atLeast(train.batchSize(), 8, "train.batch-size");
    broken.require(
        train.learningRate() > 0, "train.learning-rate", "must be positive", train.learningRate());
    broken.require(
        train.deviation() >= LEAST_DEVIATION && train.deviation() <= MOST_DEVIATION,
        "train.deviation",
        "must lie in [" + LEAST_DEVIATION + ", " + MOST_DEVIATION + "]",
        train.deviation());
    broken.require(
        train.trim() >= 0 && train.trim() < 1, "train.trim", "must lie in [0, 1)", train.trim());
    broken.require(
        train.scoringSamples() >= 2
            && train.scoringSamples() <= 64
            && train.scoringSamples() % 2 == 0,
        "train.scoring-samples",
        "must be even and lie in 2..64: draws come in pairs",
        train.scoringSamples());
    broken.positive(train.budget(), "train.budget");
  }

  private void checkJob(JobConfig job) {
    broken.within(job.parallelism(), 1, 720, "job.parallelism");
    broken.positive(job.checkpointInterval(), "job.checkpoint-interval");
    broken.require(
        !job.checkpointDir().isBlank(),
        "job.checkpoint-dir",
        "must not be empty: state above 5 MiB could not be checkpointed and the job would restart"
            + " for ever",
        "");
    broken.require(
        job.checkpointDir().isBlank() || job.hasPossibleCheckpointDir(),
        "job.checkpoint-dir",
        "must be a directory, or a URI like s3://bucket/checkpoints",
        job.checkpointDir());
  }

  private void checkTransactions(NelboConfig config) {
    JobConfig job = config.job();
    if (job.guarantee() != JobConfig.Guarantee.EXACTLY_ONCE) {
      return;
    }
    checkTimeout(job, "job.checkpoint-interval", job.checkpointInterval());
    Duration ofRetrain = config.retrain().checkpointInterval();
    if (!ofRetrain.equals(job.checkpointInterval())) {
      checkTimeout(job, "retrain.checkpoint-interval", ofRetrain);
    }
    if (job.transactionTimeout().compareTo(BROKER_MAXIMUM) > 0) {
      broken.violate(
          List.of("job.transaction-timeout"),
          "job.transaction-timeout (%s) must be at most 15m: brokers refuse more by default",
          ValueText.format(job.transactionTimeout()));
    }
  }

  private void checkTimeout(JobConfig job, String key, Duration checkpointInterval) {
    if (job.transactionTimeout().compareTo(checkpointInterval) <= 0) {
      broken.violate(
          List.of("job.transaction-timeout", key),
          "job.transaction-timeout (%s) must exceed %s (%s):"
              + " every transaction would be aborted before it commits",
          ValueText.format(job.transactionTimeout()),
          key,
          ValueText.format(checkpointInterval));
    }
  }
}
