package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.FrameAssertions.assertRefused;
import static io.nelbo.jobs.image.Images.decoder;
import static io.nelbo.jobs.image.Images.exif;
import static io.nelbo.jobs.image.Images.find;
import static io.nelbo.jobs.image.Images.withSegment;
import static io.nelbo.jobs.image.Images.written;
import static io.nelbo.schemas.DeadLetterReason.TOO_LARGE;
import static io.nelbo.schemas.DeadLetterReason.UNPARSEABLE;
import static io.nelbo.schemas.DeadLetterReason.WRONG_FRAME;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEGs of all kinds are right or refused in words. */
final class JpegFrameTest {
  private static final int FRAME = 0xc0;

  /** Half dark, half bright, so that it is known when it is turned. */
  private static BufferedImage darkAbove(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = height / 2; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, x < width / 2 ? 120 : 240);
      }
    }
    return image;
  }

  @Test
  void greyIsNearTheSceneThatWasWritten() throws Exception {
    byte[] frame = decoder(16, 24, 1).decode(written(darkAbove(16, 24), "jpeg"), "image/jpeg");

    assertThat(frame).hasSize(384);
    assertThat(frame[0] & 0xff).isCloseTo(0, within(8));
    assertThat(frame[383] & 0xff).isCloseTo(240, within(8));
  }

  @Test
  void coloursAreInTheOrderRedGreenBlue() throws Exception {
    byte[] frame =
        decoder(8, 8, 3).decode(written(Images.filled(8, 8, 0xf08010), "jpeg"), "IMAGE/JPG; q=1");

    assertThat(frame[0] & 0xff).isCloseTo(0xf0, within(4));
    assertThat(frame[1] & 0xff).isCloseTo(0x80, within(4));
    assertThat(frame[2] & 0xff).isCloseTo(0x10, within(4));
  }

  @Test
  void aProgressiveOneIsTheSame() throws Exception {
    byte[] plain = written(Images.filled(24, 24, 0xf08010), "jpeg");
    byte[] progressive = written(Images.filled(24, 24, 0xf08010), "jpeg", true);

    assertThat(find(progressive, 0xc2)).isPositive();
    assertThat(decoder(24, 24, 3).decode(progressive, ""))
        .isEqualTo(decoder(24, 24, 3).decode(plain, ""));
  }

  @Test
  void coloursWithoutTransformAreTakenAsTheyAre() throws Exception {
    byte[] jpeg = written(Images.filled(8, 8, 0xf08010), "jpeg");
    byte[] asLuma = decoder(8, 8, 3).decode(jpeg, "");
    byte[] adobe = withSegment(withoutJfif(jpeg), 0xee, "Adobe\0d\0\0\0\0\0".getBytes(US_ASCII));

    byte[] frame = decoder(8, 8, 3).decode(adobe, "");

    double luma = .299 * (asLuma[0] & 0xff) + .587 * (asLuma[1] & 0xff) + .114 * (asLuma[2] & 0xff);
    assertThat((double) (frame[0] & 0xff)).isCloseTo(luma, within(3.0));
  }

  @Test
  void withoutJfifThreeComponentsAreLumaAndChroma() throws Exception {
    byte[] jpeg = written(Images.filled(8, 8, 0xf08010), "jpeg");

    assertThat(decoder(8, 8, 3).decode(withoutJfif(jpeg), ""))
        .isEqualTo(decoder(8, 8, 3).decode(jpeg, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 120, 240", "2, 0, 0, 240, 120", "3, 240, 120, 0, 0", "4, 120, 240, 0, 0",
    "5, 0, 120, 0, 240", "6, 120, 0, 240, 0", "7, 240, 0, 120, 0", "8, 0, 240, 0, 120",
    "0, 0, 0, 120, 240", "9, 0, 0, 120, 240"
  })
  void itsExifTurnsItUpright(
      int orientation, int topLeft, int topRight, int bottomLeft, int bottomRight)
      throws Exception {
    byte[] jpeg = withSegment(written(darkAbove(16, 32), "jpeg"), 0xe1, exif(orientation));
    boolean swaps = orientation >= 5 && orientation <= 8;
    int height = swaps ? 32 : 16;
    int width = swaps ? 16 : 32;

    byte[] frame = decoder(height, width, 1).decode(jpeg, "");

    assertThat(frame[0] & 0xff).isCloseTo(topLeft, within(8));
    assertThat(frame[width - 1] & 0xff).isCloseTo(topRight, within(8));
    assertThat(frame[(height - 1) * width] & 0xff).isCloseTo(bottomLeft, within(8));
    assertThat(frame[height * width - 1] & 0xff).isCloseTo(bottomRight, within(8));
  }

  @Test
  void profilesAndCommentsChangeNothing() throws Exception {
    byte[] jpeg = written(Images.filled(8, 8, 0xf08010), "jpeg");
    byte[] icc = Images.joined("ICC_PROFILE\0\1\1".getBytes(US_ASCII), new byte[500]);

    byte[] frame =
        decoder(8, 8, 3).decode(withSegment(withSegment(jpeg, 0xe2, icc), 0xfe, icc), "");

    assertThat(frame).isEqualTo(decoder(8, 8, 3).decode(jpeg, ""));
  }

  @Test
  void fourComponentsAreRefused() {
    byte[] jpeg = written(darkAbove(8, 8), "jpeg");
    int at = find(jpeg, FRAME);
    byte[] four =
        Images.joined(
            Arrays.copyOf(jpeg, at),
            Images.bytes(255, FRAME, 0, 20, 8, 0, 8, 0, 8, 4),
            Images.bytes(1, 17, 0, 2, 17, 0, 3, 17, 0, 4, 17, 0),
            Arrays.copyOfRange(jpeg, at + 13, jpeg.length));

    assertRefused(
        decoder(8, 8, 3),
        four,
        WRONG_FRAME,
        "JPEG has 4 components (CMYK or YCCK), 1 (grey) or 3 (colour) are read");
  }

  @Test
  void otherProcessesAndDepthsAreRefused() {
    byte[] lossless = written(darkAbove(8, 8), "jpeg");
    lossless[find(lossless, FRAME) + 1] = (byte) 0xc3;
    byte[] twelve = written(darkAbove(8, 8), "jpeg");
    twelve[find(twelve, FRAME) + 4] = 12;

    assertRefused(
        decoder(8, 8, 1),
        lossless,
        WRONG_FRAME,
        "JPEG is of process 3 (lossless, hierarchical or arithmetic), 0 to 2 are read");
    assertRefused(decoder(8, 8, 1), twelve, WRONG_FRAME, "JPEG has 12 bits a sample, 8 are read");
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    byte[] jpeg = written(darkAbove(8, 8), "jpeg");
    Arrays.fill(jpeg, find(jpeg, FRAME) + 5, find(jpeg, FRAME) + 9, (byte) 0xff);

    assertRefused(
        decoder(8, 8, 1),
        jpeg,
        TOO_LARGE,
        "image claims height 65535 and width 65535, image.max-pixels is 10000000");
  }

  @Test
  void scansWithoutEndAreRefused() {
    byte[] jpeg = written(Images.filled(24, 24, 0xf08010), "jpeg", true);
    int last = jpeg.length - 2;
    byte[] scan = Arrays.copyOfRange(jpeg, find(jpeg, 0xda), last);
    byte[][] scans = new byte[500][];
    Arrays.fill(scans, scan);
    byte[] many =
        Images.joined(Arrays.copyOf(jpeg, last), Images.joined(scans), Images.bytes(255, 0xd9));

    assertRefused(decoder(24, 24, 3), many, TOO_LARGE, "JPEG has more than 64 scans");
  }

  @Test
  void everyPrefixIsRefused() {
    byte[] jpeg = written(darkAbove(16, 16), "jpeg");

    for (int length = 0; length < jpeg.length; length++) {
      assertRefused(decoder(16, 16, 1), Arrays.copyOf(jpeg, length), UNPARSEABLE);
    }
  }

  @Test
  void aFrameThatIsHalfThereIsNotFilledUp() {
    byte[] jpeg = written(Images.grey(64, 64), "jpeg");
    byte[] half =
        Images.joined(Arrays.copyOf(jpeg, jpeg.length / 2 + 200), Images.bytes(255, 0xd9));

    assertRefused(decoder(64, 64, 1), half, UNPARSEABLE);
  }

  /** The JDK writes JFIF first. */
  private static byte[] withoutJfif(byte[] jpeg) {
    int end = 4 + ((jpeg[4] & 0xff) << 8 | (jpeg[5] & 0xff));
    return Images.joined(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, end, jpeg.length));
  }
}
