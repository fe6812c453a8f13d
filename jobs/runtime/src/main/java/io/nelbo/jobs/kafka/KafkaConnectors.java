package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.JobConfig.Guarantee;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.source.HeldTopic;
import io.nelbo.jobs.kafka.source.RememberingSource;
import io.nelbo.jobs.kafka.source.StartingOffsets;
import io.nelbo.jobs.models.OldestRecord;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Rejected;
import io.nelbo.jobs.stream.ScoredRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** The sources and sinks of one job, from its configuration. */
public final class KafkaConnectors {
  private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(60);

  private final NelboConfig config;
  private final String job;

  /**
   * Names groups and transactions after the job, so that two jobs never share them.
   *
   * @param job {@code score} or {@code retrain}
   */
  public KafkaConnectors(NelboConfig config, String job) {
    this.config = config;
    this.job = job;
  }

  /** The records, decoded, with event time and watermarks per partition. */
  public DataStream<Decoded> records(StreamExecutionEnvironment env) {
    KafkaSource<Decoded> source =
        KafkaSource.<Decoded>builder()
            .setProperties(clientProperties())
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setGroupId(group())
            .setClientIdPrefix(name("records"))
            .setTopics(config.source().topic())
            .setStartingOffsets(new StartingOffsets(config.source().start()))
            .setDeserializer(new RecordDeserializer(config))
            .build();
    return env.fromSource(
            new RememberingSource<>(source, clientProperties(), HeldTopic.of(config, group())),
            eventTime().withIdleness(config.source().idleness()),
            "records")
        .uid("records");
  }

  /**
   * The same records once more, between these offsets; no group remembers that they were read.
   *
   * @param starts inclusive, of every partition that is read
   * @param ends exclusive
   */
  DataStream<Decoded> recordsBetween(
      StreamExecutionEnvironment env,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends) {
    KafkaSource<Decoded> source =
        KafkaSource.<Decoded>builder()
            .setProperties(clientProperties())
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setClientIdPrefix(name("records"))
            .setPartitions(new HashSet<>(starts.keySet())) // a view cannot travel
            .setStartingOffsets(OffsetsInitializer.offsets(starts))
            .setBounded(OffsetsInitializer.offsets(ends))
            .setDeserializer(new RecordDeserializer(config))
            .build();
    return env.fromSource(source, eventTime(), "records").uid("records");
  }

  private WatermarkStrategy<Decoded> eventTime() {
    return WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(config.order().bound())
        .withTimestampAssigner((decoded, kafkaTime) -> decoded.eventTimeMillis());
  }

  /** The model events from the topic's beginning, committed ones only, outside event time. */
  public DataStream<ModelNotice> models(StreamExecutionEnvironment env) {
    KafkaSource<ModelNotice> source =
        KafkaSource.<ModelNotice>builder()
            .setProperties(clientProperties())
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setGroupId(config.source().group() + "-" + job + "-models")
            .setClientIdPrefix(name("models"))
            .setTopics(config.topics().models())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new ModelNoticeDeserializer(config.model().id()))
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "models")
        .uid("models")
        .setParallelism(1);
  }

  /** The model topic as it stands when a task opens. */
  public KafkaModelHistory modelHistory() {
    return new KafkaModelHistory(
        clientProperties(), config.topics().models(), config.model().id(), HISTORY_TIMEOUT);
  }

  /** How old the records are that the source topic still holds. */
  public OldestRecord oldestRecord() {
    NelboConfig asked = config;
    return () -> new TopicProbe(asked).oldestSourceMillis();
  }

  public Sink<ScoredRecord> scoreSink() {
    return sink("scores", new ScoreSerializer(config.topics().scores()));
  }

  public Sink<AnomalyEvent> anomalySink() {
    return sink("anomalies", new AnomalySerializer(config));
  }

  public Sink<Rejected> deadLetterSink() {
    String topic = config.topics().deadLetters();
    Properties large = clientProperties();
    large.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(RecordLimit.MOST));
    large.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(RecordLimit.MOST));
    return sink(
        "dead-letters",
        new DeadLetterSerializer(topic, new TopicRecordLimit(clientProperties(), topic)),
        large);
  }

  public Sink<ModelNotice> modelSink() {
    return sink("models", new ModelNoticeSerializer(config.topics().models()));
  }

  <T> Sink<T> sink(String what, KafkaRecordSerializationSchema<T> serializer) {
    return sink(what, serializer, clientProperties());
  }

  private <T> Sink<T> sink(
      String what, KafkaRecordSerializationSchema<T> serializer, Properties properties) {
    boolean exactlyOnce = config.job().guarantee() == Guarantee.EXACTLY_ONCE;
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setProperty(ProducerConfig.CLIENT_ID_CONFIG, name(what))
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(config.job().transactionTimeout().toMillis()))
        .setTransactionalIdPrefix(name(what))
        .setDeliveryGuarantee(
            exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(serializer)
        .build();
  }

  /** The consumer group of the records. */
  public String group() {
    return config.source().group() + "-" + job;
  }

  private String name(String what) {
    return "nelbo-" + config.detector() + "-" + job + "-" + what;
  }

  private Properties clientProperties() {
    return clientProperties(config);
  }

  /** What every Kafka client of this configuration is given. */
  public static Properties clientProperties(NelboConfig config) {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.setProperty(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    return properties;
  }
}
