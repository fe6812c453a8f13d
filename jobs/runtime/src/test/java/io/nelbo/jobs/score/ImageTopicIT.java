package io.nelbo.jobs.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.retrain.job.RetrainJob;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RawProducer;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Region;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A topic of PNG files, from the first record to a model, to anomalies that say where. */
final class ImageTopicIT {
  private static final int SIDE = 32;
  private static final int BLOT = 7;
  private static final int LEARNED = 400;
  private static final int GOOD = 60;
  private static final int BLOTTED = 12;
  private static final int DAMAGED = 5;
  private static final long START = 1_700_000_000_000L;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  private final SplittableRandom random = new SplittableRandom(3);
  private final Map<Long, int[]> blots = new ConcurrentHashMap<>();

  @Test
  void aTopicOfImagesIsLearnedAndItsAnomaliesSayWhere() throws Exception {
    NelboConfig config = config();
    BROKER.createTopics(config, 1);
    JobID score = submit(config, ScoreJob::define);
    JobID retrain = submit(config, RetrainJob::define);
    String broker = BROKER.bootstrapServers();

    try (RawProducer producer = new RawProducer(broker, config.source().topic());
        TopicTail models = TopicTail.committed(broker, config.topics().models());
        TopicTail scores = TopicTail.committed(broker, config.topics().scores());
        TopicTail letters = TopicTail.committed(broker, config.topics().deadLetters());
        TopicTail anomalies = TopicTail.committed(broker, config.topics().anomalies())) {
      for (int i = 0; i < LEARNED; i++) {
        send(producer, START + 1000L * i, png(stripes()));
      }
      producer.flush();
      Await.until("the first model is announced", () -> models.count() >= 1);
      long later = START + Duration.ofHours(2).toMillis();
      sendTheRest(producer, later);
      Await.until(
          "everything has been scored or refused",
          () -> scores.count() >= LEARNED + GOOD + BLOTTED && letters.count() >= DAMAGED);
      Await.until("anomalies are committed", () -> anomalies.count() >= BLOTTED);

      judge(anomalies, config.source().topic());
      for (ConsumerRecord<byte[], byte[]> letter : letters.look()) {
        assertThat(header(letter, "nelbo.reason")).isIn("UNPARSEABLE", "WRONG_FRAME");
      }
    }
    assertThat(CLUSTER.restarts(score)).isZero();
    CLUSTER.cancel(score);
    CLUSTER.cancel(retrain);
  }

  private static NelboConfig config() {
    return TestConfig.of(
        """
        detector: camera-watch
        features: []
        image: {height: %1$d, width: %1$d}
        kafka: {bootstrap-servers: "%2$s"}
        source: {topic: line.camera.records, format: image}
        model: {store: %3$s, device: cpu}
        alert: {false-alarm-rate: 0.01, episode-gap: 10s}
        retrain: {min-rows: %4$d}
        train: {steps: 80, trim: 0}
        job: {parallelism: 1, checkpoint-interval: 1s, checkpoint-dir: "%5$s"}
        """
            .formatted(
                SIDE,
                BROKER.bootstrapServers(),
                folder.resolve("store"),
                LEARNED - 20,
                folder.resolve("checkpoints").toUri()));
  }

  private interface Definition {
    void define(StreamExecutionEnvironment env, NelboConfig config);
  }

  private static JobID submit(NelboConfig config, Definition job) throws Exception {
    StreamExecutionEnvironment env = SharedCluster.environment();
    job.define(env, config);
    return CLUSTER.submit(env);
  }

  private void sendTheRest(RawProducer producer, long from) throws IOException {
    long time = from;
    for (int i = 0; i < GOOD; i++) {
      send(producer, time += 1000, png(stripes()));
    }
    for (int i = 0; i < BLOTTED; i++) {
      int[] frame = stripes();
      int x = random.nextInt(SIDE - BLOT);
      int y = random.nextInt(SIDE - BLOT);
      for (int pixel = 0; pixel < BLOT * BLOT; pixel++) {
        frame[(y + pixel / BLOT) * SIDE + x + pixel % BLOT] = 15;
      }
      int[] place = {x, y};
      byte[] image = png(frame);
      producer.send(
          0, time += 60_000, key(), image, position -> blots.put(position.offset(), place));
    }
    byte[] sound = png(stripes());
    send(producer, time += 1000, Arrays.copyOf(sound, sound.length / 2));
    send(producer, time += 1000, "no image".getBytes(UTF_8));
    send(producer, time += 1000, new byte[0]);
    send(producer, time += 1000, png(new int[16 * 16]));
    sound[sound.length / 2] ^= 0x55;
    send(producer, time + 1000, sound);
    producer.flush();
  }

  private void judge(TopicTail anomalies, String topic) throws Exception {
    Set<Long> found = new HashSet<>();
    int pointed = 0;
    int opened = 0;
    Map<Long, int[]> places = new HashMap<>(blots);
    for (ConsumerRecord<byte[], byte[]> message : anomalies.look()) {
      Anomaly anomaly = Anomaly.getDecoder().decode(message.value());
      if (anomaly.getKind() != AnomalyKind.OPENED) {
        continue;
      }
      opened++;
      int[] place = places.get(anomaly.getSourceOffset());
      assertThat(anomaly.getChannels())
          .extracting(one -> one.getName().toString())
          .containsExactly("network", "linear", "local", "nearest");
      assertThat(anomaly.getChannel().toString()).isIn("network", "linear", "local", "nearest");
      assertThat(anomaly.getImage().getTopic().toString()).isEqualTo(topic);
      assertThat(anomaly.getImage().getWidth()).isEqualTo(SIDE);
      assertThat(anomaly.getAttribution()).isEmpty();
      ByteBuffer map = anomaly.getHeatMap();
      byte[] png = new byte[map.remaining()];
      map.get(png);
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(SIDE);
      if (place == null) {
        continue;
      }
      found.add(anomaly.getSourceOffset());
      Region worst = anomaly.getRegions().get(0);
      boolean inside =
          worst.getCentreX() >= place[0] - 1
              && worst.getCentreX() <= place[0] + BLOT
              && worst.getCentreY() >= place[1] - 1
              && worst.getCentreY() <= place[1] + BLOT;
      pointed += inside ? 1 : 0;
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(blots.keySet());
    assertThat(pointed).isGreaterThanOrEqualTo(BLOTTED - 2);
    assertThat(opened).isLessThanOrEqualTo(BLOTTED + 4);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private static byte[] key() {
    return "camera-1".getBytes(UTF_8);
  }

  private static void send(RawProducer producer, long time, byte[] value) {
    producer.send(0, time, key(), value, position -> {});
  }

  private int[] stripes() {
    double phase = 2 * Math.PI * random.nextDouble();
    double light = 0.7 + 0.6 * random.nextDouble();
    int[] frame = new int[SIDE * SIDE];
    for (int i = 0; i < frame.length; i++) {
      double value = light * (120 + 40 * Math.sin(phase + 0.5 * (i % SIDE)));
      frame[i] = (int) Math.max(0, Math.min(255, Math.rint(value + 4 * random.nextGaussian())));
    }
    return frame;
  }

  private static byte[] png(int[] frame) throws IOException {
    int side = (int) Math.sqrt(frame.length);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, side, side, 0, frame);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
