package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.JobSettings;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The yardstick: bytes from one topic to another, with the same clients and guarantees. */
public final class PassThrough {
  private PassThrough() {}

  /** Builds the graph in the environment; nothing runs yet. */
  public static void define(StreamExecutionEnvironment env, NelboConfig config, String outTopic) {
    JobSettings.apply(env, config);
    KafkaConnectors kafka = new KafkaConnectors(config, "pass-through");
    KafkaSource<byte[]> source =
        KafkaSource.<byte[]>builder()
            .setProperties(KafkaConnectors.clientProperties(config))
            .setGroupId(kafka.group())
            .setTopics(config.source().topic())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setValueOnlyDeserializer(new Bytes())
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "records")
        .sinkTo(
            kafka.sink(
                "copy", (bytes, context, timestamp) -> new ProducerRecord<>(outTopic, bytes)))
        .name("copy");
  }

  private static final class Bytes extends AbstractDeserializationSchema<byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] deserialize(byte[] message) {
      return message;
    }
  }
}
