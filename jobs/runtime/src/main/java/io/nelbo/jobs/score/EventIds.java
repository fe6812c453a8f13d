package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.AnomalyEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Deterministic event ids: UUIDv5 (RFC 9562, section 5.5) of detector, source position and kind,
 * without the model version, so that every run and replay gives the same event the same id.
 */
final class EventIds {
  private static final UUID NAMESPACE = UUID.fromString("6f0c1c39-7a52-5d3f-9d0e-4e656c626f21");

  private final String detector;
  private final String topic;

  EventIds(String detector, String topic) {
    this.detector = detector;
    this.topic = topic;
  }

  String of(AnomalyEvent.Kind kind, int partition, long offset) {
    return uuid5(
            NAMESPACE, String.join("/", detector, topic, partition + "", offset + "", kind + ""))
        .toString();
  }

  static UUID uuid5(UUID namespace, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(16 + text.length);
    input.putLong(namespace.getMostSignificantBits());
    input.putLong(namespace.getLeastSignificantBits()).put(text);
    ByteBuffer hash = ByteBuffer.wrap(sha1(input.array()));
    long most = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
    long least = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
