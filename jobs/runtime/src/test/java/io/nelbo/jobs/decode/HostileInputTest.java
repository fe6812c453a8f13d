package io.nelbo.jobs.decode;

import static io.nelbo.jobs.decode.DecoderAssertions.NAMES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nelbo.jobs.config.SourceConfig.Format;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Producers that are broken or mean: a refusal at worst, in memory bounded by the bytes. */
final class HostileInputTest {
  private static final int MAX_BYTES = 32 << 20;
  private static final String GOOD =
      "{\"series\":\"pump\",\"time\":5,\"features\":{\"flow\":1.5,\"pressure\":null}}";

  static Stream<Arguments> hostile() {
    int many = 1_000_000;
    return Stream.of(
        Arguments.of("deep arrays", "[".repeat(many)),
        Arguments.of("deep objects", "{\"a\":".repeat(many)),
        Arguments.of("deep features", "{\"features\":" + "[".repeat(many)),
        Arguments.of("long string", "{\"a\":\"" + "x".repeat(10 * many) + "\"}"),
        Arguments.of("long series", "{\"series\":\"" + "x".repeat(2 * many) + "\"}"),
        Arguments.of("long feature", "{\"features\":[\"" + "x".repeat(2 * many) + "\"]}"),
        Arguments.of("long time", "{\"time\":\"" + "1".repeat(2 * many) + "\"}"),
        Arguments.of("long number", "{\"features\":[" + "9".repeat(2 * many) + "]}"),
        Arguments.of("long key", "{\"" + "k".repeat(2 * many) + "\":1}"),
        Arguments.of("many features", "{\"features\":[" + "1,".repeat(many) + "1]}"),
        Arguments.of("many cells", ",".repeat(2 * many)),
        Arguments.of("many lines", "\n".repeat(2 * many)),
        Arguments.of("open quote", "\"".repeat(2 * many + 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void hugeTextIsRefusedInBoundedMemory(String name, String text) {
    byte[] value = text.getBytes(UTF_8);

    for (Format format : Format.values()) {
      DecoderAssertions decoder = decoder(format);
      long before = allocatedBytes();

      boolean good = decoder.survives(null, value);

      assertThat(good).as("%s as %s", name, format).isFalse();
      assertThat(allocatedBytes() - before)
          .as("bytes allocated for %s as %s", name, format)
          .isLessThan(50L * value.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomBytesAreRefused(Format format) {
    long seed = System.nanoTime();
    System.out.println("randomBytesAreRefused: seed " + seed);
    Random random = new Random(seed);
    DecoderAssertions decoder = decoder(format);

    for (int round = 0; round < 20_000; round++) {
      byte[] value = new byte[random.nextInt(100)];
      random.nextBytes(value);

      assertThat(decoder.survives(value, value)).isFalse();
    }
  }

  @Test
  void damagedJsonNeverDoesHarm() {
    damage(Format.JSON, GOOD, "{}[]\",:0123456789.eE+-NaInfty tru\\\u0000\u00ff");
  }

  @Test
  void damagedCsvNeverDoesHarm() {
    damage(Format.CSV, "\"pump 7\",2026-01-02T03:04:05Z,1.5,,3e-2", "\",\n\r0123456789.eE+-NaIn:T");
  }

  private static void damage(Format format, String good, String alphabet) {
    long seed = System.nanoTime();
    System.out.println("damage " + format + ": seed " + seed);
    Random random = new Random(seed);
    DecoderAssertions decoder = decoder(format);

    assertThat(decoder.survives(null, good.getBytes(UTF_8))).isTrue();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(good);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        char other = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, other);
          case 1 -> text.insert(at, other);
          default -> text.deleteCharAt(at);
        }
      }
      decoder.survives(null, text.toString().getBytes(UTF_8));
    }
  }

  private static DecoderAssertions decoder(Format format) {
    return new DecoderAssertions(Configs.of(format, Configs.FIELDS, MAX_BYTES, NAMES));
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
