package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.FrameAssertions.assertRefused;
import static io.nelbo.jobs.image.Images.bytes;
import static io.nelbo.jobs.image.Images.chunk;
import static io.nelbo.jobs.image.Images.decoder;
import static io.nelbo.jobs.image.Images.deflated;
import static io.nelbo.jobs.image.Images.header;
import static io.nelbo.jobs.image.Images.pixels;
import static io.nelbo.jobs.image.Images.png;
import static io.nelbo.jobs.image.Images.written;
import static io.nelbo.schemas.DeadLetterReason.TOO_LARGE;
import static io.nelbo.schemas.DeadLetterReason.UNPARSEABLE;
import static io.nelbo.schemas.DeadLetterReason.WRONG_FRAME;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** PNGs of all kinds are right or refused in words. */
final class PngFrameTest {
  private static final byte[] OPAQUE = bytes(255);

  @Test
  void greyValuesAreThoseOfTheFile() throws Exception {
    byte[] image = written(Images.grey(20, 30), "png");

    byte[] frame = decoder(20, 30, 1).decode(image, "image/png");

    assertThat(frame).hasSize(600);
    for (int i = 0; i < 600; i++) {
      assertThat(frame[i]).isEqualTo((byte) Images.greyAt(i / 30, i % 30));
    }
  }

  @Test
  void coloursAreInTheOrderRedGreenBlue() throws Exception {
    byte[] image = written(Images.filled(1, 2, 0xff8001), "png");

    byte[] frame = decoder(1, 2, 3).decode(image, "");

    assertThat(frame).isEqualTo(bytes(255, 128, 1, 255, 128, 1));
  }

  @Test
  void greysOfFewBitsAreSpreadOverEight() throws Exception {
    byte[] one = png(header(1, 8, 1, 0), pixels(1, bytes(0b10100000)));
    byte[] two = png(header(1, 4, 2, 0), pixels(1, bytes(0b00011011)));
    byte[] four = png(header(1, 2, 4, 0), pixels(1, bytes(0x1f)));

    assertThat(decoder(1, 8, 1).decode(one, "")).isEqualTo(bytes(255, 0, 255, 0, 0, 0, 0, 0));
    assertThat(decoder(1, 4, 1).decode(two, "")).isEqualTo(bytes(0, 85, 170, 255));
    assertThat(decoder(1, 2, 1).decode(four, "")).isEqualTo(bytes(17, 255));
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws Exception {
    byte[] grey = png(header(1, 4, 16, 0), pixels(8, bytes(0, 128, 0, 129, 1, 1, 255, 255)));
    byte[] colour = png(header(1, 1, 16, 2), pixels(6, bytes(255, 255, 0, 0, 128, 128)));

    assertThat(decoder(1, 4, 1).decode(grey, "")).isEqualTo(bytes(0, 1, 1, 255));
    assertThat(decoder(1, 1, 3).decode(colour, "")).isEqualTo(bytes(255, 0, 128));
  }

  @Test
  void aPaletteIsLookedUp() throws Exception {
    byte[] palette = chunk("PLTE", bytes(1, 2, 3, 250, 251, 252));
    byte[] image = png(header(1, 2, 8, 3), palette, pixels(2, bytes(1, 0)));
    byte[] fewBits = png(header(1, 2, 1, 3), palette, pixels(1, bytes(0b10000000)));

    assertThat(decoder(1, 2, 3).decode(image, "")).isEqualTo(bytes(250, 251, 252, 1, 2, 3));
    assertThat(decoder(1, 2, 3).decode(fewBits, "")).isEqualTo(bytes(250, 251, 252, 1, 2, 3));
  }

  @Test
  void aPlaceThatThePaletteDoesNotHaveIsRefused() {
    byte[] palette = chunk("PLTE", bytes(1, 2, 3, 250, 251, 252));
    byte[] image = png(header(1, 2, 8, 3), palette, pixels(2, bytes(2, 0)));

    assertRefused(decoder(1, 2, 3), image, UNPARSEABLE);
  }

  @Test
  void alphaIsDroppedWhereAllIsOpaque() throws Exception {
    byte[] colour = png(header(1, 1, 8, 6), pixels(4, bytes(9, 8, 7, 255)));
    byte[] grey = png(header(1, 1, 8, 4), pixels(2, bytes(9, 255)));
    byte[] key = png(header(1, 1, 8, 0), chunk("tRNS", bytes(0, 5)), pixels(1, bytes(9)));
    byte[] palette =
        png(
            header(1, 1, 8, 3),
            chunk("PLTE", bytes(1, 2, 3)),
            chunk("tRNS", OPAQUE),
            pixels(1, bytes(0)));

    assertThat(decoder(1, 1, 3).decode(colour, "")).isEqualTo(bytes(9, 8, 7));
    assertThat(decoder(1, 1, 1).decode(grey, "")).isEqualTo(bytes(9));
    assertThat(decoder(1, 1, 1).decode(key, "")).isEqualTo(bytes(9));
    assertThat(decoder(1, 1, 3).decode(palette, "")).isEqualTo(bytes(1, 2, 3));
  }

  @Test
  void transparentPixelsAreRefused() {
    String reason =
        "PNG has transparent pixels, what is behind them is not known: a frame must be opaque";
    byte[] colour = png(header(1, 1, 8, 6), pixels(4, bytes(9, 8, 7, 254)));
    byte[] grey = png(header(1, 1, 8, 4), pixels(2, bytes(9, 0)));
    byte[] key = png(header(1, 1, 8, 0), chunk("tRNS", bytes(0, 9)), pixels(1, bytes(9)));
    byte[] palette =
        png(
            header(1, 1, 8, 3),
            chunk("PLTE", bytes(1, 2, 3)),
            chunk("tRNS", bytes(3)),
            pixels(1, bytes(0)));

    assertRefused(decoder(1, 1, 3), colour, WRONG_FRAME, reason);
    assertRefused(decoder(1, 1, 1), grey, WRONG_FRAME, reason);
    assertRefused(decoder(1, 1, 1), key, WRONG_FRAME, reason);
    assertRefused(decoder(1, 1, 3), palette, WRONG_FRAME, reason);
  }

  @Test
  void anInterlacedImageIsPutTogether() throws Exception {
    byte[] image = written(Images.grey(13, 17), "png", true);

    byte[] frame = decoder(13, 17, 1).decode(image, "");

    assertThat(image[28]).as("interlace of the header").isEqualTo((byte) 1);
    assertThat(frame).isEqualTo(decoder(13, 17, 1).decode(written(Images.grey(13, 17), "png"), ""));
  }

  @Test
  void anAnimatedImageIsRefused() {
    byte[] image = png(header(1, 1, 8, 0), chunk("acTL", new byte[8]), pixels(1, bytes(9)));

    assertRefused(decoder(1, 1, 1), image, WRONG_FRAME, "PNG is animated, a frame is one image");
  }

  @Test
  void itsExifTurnsItUpright() throws Exception {
    byte[] image = png(header(1, 2, 8, 0), chunk("eXIf", Images.tiff(3)), pixels(2, bytes(1, 2)));

    assertThat(decoder(1, 2, 1).decode(image, "")).isEqualTo(bytes(2, 1));
  }

  @Test
  void aWrongChecksumIsRefused() {
    byte[] image = png(header(1, 1, 8, 0), pixels(1, bytes(9)));
    image[image.length - 14] ^= 1; // of the pixels

    assertRefused(
        decoder(1, 1, 1),
        image,
        UNPARSEABLE,
        "PNG is damaged: the checksum of chunk IDAT at byte 33 does not match");
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    byte[] image =
        png(header(40_000, 40_000, 8, 2), chunk("IDAT", deflated(new byte[100_000_000])));

    assertRefused(
        decoder(64, 64, 1),
        image,
        TOO_LARGE,
        "image claims height 40000 and width 40000, image.max-pixels is 10000000");
  }

  @Test
  void whatIsNotPixelsIsNotLookedAt() throws Exception {
    byte[] text = Images.joined("k\0\0".getBytes(US_ASCII), deflated(new byte[50_000_000]));
    byte[] profile = Images.joined("p\0\0".getBytes(US_ASCII), deflated(new byte[50_000_000]));
    byte[] image =
        png(
            header(1, 1, 8, 0),
            chunk("iCCP", profile),
            chunk("zTXt", text),
            chunk("gAMA", bytes(0, 0, 0, 1)),
            pixels(1, bytes(9)));

    assertThat(decoder(1, 1, 1).decode(image, "")).isEqualTo(bytes(9));
  }

  @Test
  void tooFewPixelsAreRefused() {
    byte[] image = png(header(4, 4, 8, 0), pixels(4, new byte[12]));

    assertRefused(decoder(4, 4, 1), image, UNPARSEABLE);
  }

  @Test
  void everyPrefixIsRefused() {
    byte[] image = written(Images.grey(16, 16), "png");

    for (int length = 0; length < image.length; length++) {
      assertRefused(decoder(16, 16, 1), Arrays.copyOf(image, length), UNPARSEABLE);
    }
  }

  @Test
  void headersThatNoPngHasAreRefused() {
    byte[] data = pixels(1, bytes(9));

    assertRefused(
        decoder(1, 1, 1),
        png(header(1, 1, 3, 0), data),
        UNPARSEABLE,
        "PNG claims colour type 0 of 3 bits, which no PNG has");
    assertRefused(
        decoder(1, 1, 1),
        png(header(0, 1, 8, 0), data),
        UNPARSEABLE,
        "PNG claims height 0 and width 1, each must be in 1..2147483647");
    assertRefused(decoder(1, 1, 1), png(header(1, -1, 8, 0), data), UNPARSEABLE);
    assertRefused(decoder(1, 1, 1), png(data), UNPARSEABLE, "PNG does not begin with its header");
    assertRefused(decoder(1, 1, 1), png(header(1, 1, 8, 0), header(1, 1, 8, 0), data), UNPARSEABLE);
    assertRefused(
        decoder(1, 1, 1), png(header(1, 1, 8, 0), chunk("ABCD", new byte[0]), data), UNPARSEABLE);
  }
}
