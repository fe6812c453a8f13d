package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.Images.decoder;
import static io.nelbo.jobs.image.Images.joined;
import static io.nelbo.jobs.image.Images.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.ImageConfig.Colour;
import io.nelbo.jobs.config.ImageConfig.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Frames that were damaged on their way: decoded, or refused with a reason. {@code
 * -Dnelbo.damagedFrames=1000000} runs as many.
 */
final class DamagedFramesTest {
  private static final int FRAMES = Integer.getInteger("nelbo.damagedFrames", 20_000);
  private static final int SIDE = 48;

  private static List<byte[]> good() {
    List<byte[]> images = new ArrayList<>();
    for (boolean progressive : new boolean[] {false, true}) {
      for (String format : List.of("png", "jpeg")) {
        images.add(written(Images.grey(SIDE, SIDE), format, progressive));
        images.add(written(Images.filled(SIDE, SIDE, 0xf08010), format, progressive));
      }
    }
    images.add(Images.withSegment(images.get(2), 0xe1, Images.exif(6)));
    byte[] places = new byte[SIDE * SIDE];
    images.add(
        Images.png(
            Images.header(SIDE, SIDE, 8, 3),
            Images.chunk("PLTE", Images.bytes(1, 2, 3)),
            Images.chunk("tRNS", Images.bytes(255)),
            Images.pixels(SIDE, places)));
    images.add(
        Images.png(
            Images.header(SIDE, SIDE, 16, 6), Images.pixels(8 * SIDE, filled(8 * SIDE * SIDE))));
    return images;
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) -1);
    return bytes;
  }

  @Test
  void eachIsDecodedOrRefusedWithAReasonInTime() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> good = good();
    List<FrameDecoder> decoders = new ArrayList<>();
    for (Fit fit : Fit.values()) {
      for (int channels : new int[] {1, 3}) {
        decoders.add(decoder(SIDE, SIDE, channels, fit, Colour.CONVERT));
      }
    }
    long[] goodNanos = new long[FRAMES / 10];
    for (int i = 0; i < goodNanos.length; i++) {
      long start = System.nanoTime();
      decoders.get(i % decoders.size()).decode(good.get(i % good.size()), "");
      goodNanos[i] = System.nanoTime() - start;
    }

    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    long[] badNanos = new long[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      byte[] damaged = damaged(good, random);
      FrameDecoder decoder = decoders.get(random.nextInt(decoders.size()));
      long start = System.nanoTime();
      Outcome outcome = outcome(decoder, damaged, "seed %d, frame %d".formatted(seed, i));
      badNanos[i] = System.nanoTime() - start;
      outcomes.merge(outcome, 1, Integer::sum);
    }

    String said =
        "seed %d: %s; median of a good frame %d us, of a damaged one %d us, 99.9 %% %d us"
            .formatted(
                seed,
                outcomes,
                quantile(goodNanos, .5) / 1000,
                quantile(badNanos, .5) / 1000,
                quantile(badNanos, .999) / 1000);
    System.out.println(said);
    assertThat(outcomes).as(said).containsKeys(Outcome.values());
    assertThat(quantile(badNanos, .5)).as(said).isLessThan(10 * quantile(goodNanos, .5));
  }

  private static Outcome outcome(FrameDecoder decoder, byte[] damaged, String where) {
    try {
      byte[] frame = decoder.decode(damaged, "");
      assertThat(frame.length).as(where).isIn(SIDE * SIDE, 3 * SIDE * SIDE);
      return Outcome.DECODED;
    } catch (RefusedFrameException e) {
      assertThat(e.getMessage()).as(where).isNotBlank().doesNotContain("\n", "Exception");
      return Outcome.valueOf(e.reason().name());
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
  }

  private static byte[] damaged(List<byte[]> good, Random random) {
    byte[] bytes = good.get(random.nextInt(good.size())).clone();
    switch (random.nextInt(7)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> flip(bytes, random, 0, bytes.length, 1 + random.nextInt(4));
      case 2 -> flip(bytes, random, 0, Math.min(bytes.length, 700), 1 + random.nextInt(4));
      case 3 -> {
        byte[] other = good.get(random.nextInt(good.size()));
        int at = random.nextInt(Math.min(bytes.length, other.length));
        bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, at, other.length));
      }
      case 4 -> {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
        Arrays.fill(bytes, from, to, (byte) (random.nextBoolean() ? 0 : -1));
      }
      case 5 -> lie(bytes, random);
      default -> {
        int from = random.nextInt(bytes.length);
        bytes =
            joined(
                Arrays.copyOf(bytes, from),
                Arrays.copyOfRange(bytes, random.nextInt(from + 1), bytes.length));
      }
    }
    return bytes;
  }

  private static void flip(byte[] bytes, Random random, int from, int to, int times) {
    for (int i = 0; i < times; i++) {
      bytes[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Another size, depth or type in a header whose checksum is right. */
  private static void lie(byte[] bytes, Random random) {
    if (bytes[1] == 'P') {
      byte[] lying = random.nextBoolean() ? sized(random) : typed(random);
      System.arraycopy(lying, 0, bytes, 8, lying.length);
      return;
    }
    for (int i = 2; i < bytes.length - 9; i++) {
      if (bytes[i] == -1 && (bytes[i + 1] == (byte) 0xc0 || bytes[i + 1] == (byte) 0xc2)) {
        bytes[i + 5 + random.nextInt(4)] = (byte) random.nextInt(256);
        return;
      }
    }
  }

  private static byte[] sized(Random random) {
    return Images.header(1 + random.nextInt(200_000), 1 + random.nextInt(200), 8, 2);
  }

  private static byte[] typed(Random random) {
    int depth = 1 << random.nextInt(5);
    return Images.header(SIDE, SIDE, depth, random.nextInt(7), random.nextInt(2));
  }

  private static long quantile(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }

  private enum Outcome {
    DECODED,
    UNPARSEABLE,
    WRONG_FRAME,
    TOO_LARGE
  }
}
