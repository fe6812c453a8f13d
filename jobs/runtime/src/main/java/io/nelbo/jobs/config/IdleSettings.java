package io.nelbo.jobs.config;

import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.jobs.config.TopicsConfig.ScoresMode;
import io.nelbo.jobs.config.TrainConfig.Likelihood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Settings that are not at their default and that nothing looks at beside the others. */
final class IdleSettings {
  private final Map<String, Object> values;
  private final List<String> idle = new ArrayList<>();

  private IdleSettings(Map<String, Object> values) {
    this.values = values;
  }

  /** Each in one sentence. */
  static List<String> of(NelboConfig config) {
    IdleSettings settings = new IdleSettings(new ConfigPrinter().tree(config));
    Format format = config.source().format();
    String word = format.name().toLowerCase(Locale.ROOT);
    if (format != Format.JSON) {
      settings.idle(
          "source.fields.",
          "for records of the topic, source.format is %s: only json has fields".formatted(word));
    }
    if (format == Format.IMAGE) {
      settings.idle("source.time-", "source.format is image: its time is Kafka's");
    }
    if (!config.image().isConfigured()) {
      settings.idle("image.", "image.height and image.width are not given");
    }
    if (config.topics().scoresMode() != ScoresMode.SAMPLED) {
      settings.idle("topics.sample-every", "topics.scores-mode is not sampled");
    }
    if (config.train().likelihood() != Likelihood.GAUSSIAN_FIXED) {
      settings.idle("train.deviation", "train.likelihood is not gaussian-fixed");
    }
    return settings.idle;
  }

  private void idle(String prefix, String why) {
    for (SettingKey key : SettingKey.all()) {
      if (key.path().startsWith(prefix)) {
        String value = value(key.path());
        if (!value.equals(key.setting().fallback())) {
          idle.add("%s (%s) changes nothing: %s".formatted(key.path(), value, why));
        }
      }
    }
  }

  private String value(String path) {
    Object value = values;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> section ? section.get(name) : null;
    }
    return String.valueOf(value);
  }
}
