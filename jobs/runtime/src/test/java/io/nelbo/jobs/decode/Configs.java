package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.AlertConfig;
import io.nelbo.jobs.config.BatchConfig;
import io.nelbo.jobs.config.ContextConfig;
import io.nelbo.jobs.config.FieldsConfig;
import io.nelbo.jobs.config.ImageConfig;
import io.nelbo.jobs.config.JobConfig;
import io.nelbo.jobs.config.KafkaConfig;
import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.OrderConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.config.SeriesConfig;
import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.config.TopicsConfig;
import io.nelbo.jobs.config.TrainConfig;
import io.nelbo.jobs.config.WindowConfig;
import io.nelbo.jobs.values.EpochUnit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations of which only the decoder's part matters. */
final class Configs {
  static final FieldsConfig FIELDS = new FieldsConfig("series", "time", "features", "label");
  static final int MAX_BYTES = 1000;

  private Configs() {}

  static NelboConfig of(SourceConfig.Format format, List<String> features) {
    return of(format, FIELDS, MAX_BYTES, features);
  }

  static NelboConfig of(
      SourceConfig.Format format, FieldsConfig fields, int maxBytes, List<String> features) {
    return of(format, fields, maxBytes, features, ContextConfig.none());
  }

  static NelboConfig of(SourceConfig.Format format, List<String> features, ContextConfig context) {
    return of(format, FIELDS, MAX_BYTES, features, context);
  }

  private static NelboConfig of(
      SourceConfig.Format format,
      FieldsConfig fields,
      int maxBytes,
      List<String> features,
      ContextConfig context) {
    Duration hour = Duration.ofHours(1);
    return new NelboConfig(
        "pumps",
        new NelboConfig.RecordConfig(features, context, image(format)),
        new NelboConfig.Streams(
            new KafkaConfig("localhost:9092", Map.of()),
            new SourceConfig(
                "plant.pumps.records",
                format,
                fields,
                new SourceConfig.Headers("", "", "content-type"),
                new SourceConfig.Times(EpochUnit.MILLISECONDS, "UTC"),
                new SourceConfig.Consumer("pumps", SourceConfig.Start.EARLIEST),
                new SourceConfig.Limits(Duration.ofMinutes(5), maxBytes),
                Duration.ofSeconds(30)),
            new TopicsConfig("a", "s", "d", "m", TopicsConfig.ScoresMode.ALL, 1)),
        new NelboConfig.Flow(
            new OrderConfig(Duration.ZERO, OrderConfig.Late.COUNT),
            new SeriesConfig(hour, hour),
            new WindowConfig(1),
            new BatchConfig(256, Duration.ofMillis(50))),
        new ModelConfig("pumps", "models", hour, hour, 1L << 20, 20, 0.5, "cpu"),
        new AlertConfig(1e-3, 0, hour, 1, 3),
        new NelboConfig.Learning(
            new RetrainConfig(
                new RetrainConfig.Sample(hour, hour, 1000, 1L << 20),
                RetrainConfig.Gate.NOT_WORSE,
                "",
                0,
                RetrainConfig.Drift.ON,
                RetrainConfig.WarmStart.OFF,
                hour),
            new TrainConfig(
                "vae",
                new TrainConfig.Width(64, 0),
                new TrainConfig.Descent(100, 256, 1e-3, 0),
                new TrainConfig.ErrorDensity(TrainConfig.Likelihood.GAUSSIAN, 0.3),
                8,
                TrainConfig.ScaleBy.SERIES,
                Duration.ofMinutes(1),
                1)),
        new JobConfig(1, hour, "", JobConfig.Guarantee.AT_LEAST_ONCE, hour));
  }

  private static ImageConfig image(SourceConfig.Format format) {
    ImageConfig none = ImageConfig.none();
    return format == SourceConfig.Format.IMAGE
        ? new ImageConfig(16, 16, 1, none.fit(), none.colour(), none.maxPixels(), none.modelling())
        : none;
  }
}
