package io.nelbo.jobs.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker of one node (KRaft) inside this process, for the demo and for tests.
 *
 * <p>It listens on the loopback address at free ports and keeps everything in the folder that it is
 * given; whoever starts it closes it and deletes the folder.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Longest transaction timeout that the broker grants to a producer. */
  public static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

  private static final int ATTEMPTS = 3;
  private static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Formats {@code folder} and starts the broker in it.
   *
   * @throws IllegalStateException if it does not come up, saying what to do
   */
  public static EmbeddedBroker start(Path folder) {
    RuntimeException last = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return startOnce(Files.createDirectories(folder).resolve("attempt-" + attempt));
      } catch (IOException e) {
        throw new IllegalStateException(
            "The broker cannot write to %s (%s): choose a folder that you may write to"
                .formatted(folder, e.getMessage()),
            e);
      } catch (RuntimeException e) {
        last = e; // most likely another process took the port between looking and binding
      }
    }
    throw new IllegalStateException(
        "The embedded broker did not start in %s after %d attempts (%s): check that the folder has space, that nothing forbids listening on %s, and try again"
            .formatted(folder, ATTEMPTS, last == null ? "unknown" : last.getMessage(), HOST),
        last);
  }

  private static EmbeddedBroker startOnce(Path folder) throws IOException {
    int port = freePort();
    int controllerPort = freePort();
    format(folder);
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(settings(folder, port, controllerPort), false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
    return new EmbeddedBroker(server, HOST + ":" + port);
  }

  private static void format(Path folder) {
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true)
          .setPrintStream(silence)
          .run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("formatting " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> settings(Path folder, int port, int controllerPort) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry("controller.quorum.voters", "1@" + HOST + ":" + controllerPort),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry(
            "listeners",
            "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort)),
        Map.entry("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port),
        Map.entry("log.dirs", folder.toString()),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("transaction.max.timeout.ms", Long.toString(LONGEST_TRANSACTION.toMillis())),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
        // Simulated and replayed time may lie anywhere.
        Map.entry("log.retention.ms", "-1"),
        Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + HOST, e);
    }
  }

  /** {@code host:port}, for every client. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and waits until it has stopped. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
