package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.FrameAssertions.assertRefused;
import static io.nelbo.jobs.image.FrameAssertions.refusal;
import static io.nelbo.jobs.image.Images.bytes;
import static io.nelbo.jobs.image.Images.decoder;
import static io.nelbo.jobs.image.Images.header;
import static io.nelbo.jobs.image.Images.pixels;
import static io.nelbo.jobs.image.Images.png;
import static io.nelbo.jobs.image.Images.written;
import static io.nelbo.schemas.DeadLetterReason.TOO_LARGE;
import static io.nelbo.schemas.DeadLetterReason.UNPARSEABLE;
import static io.nelbo.schemas.DeadLetterReason.WRONG_FRAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.config.ImageConfig.Colour;
import io.nelbo.jobs.config.ImageConfig.Fit;
import io.nelbo.model.record.Frames;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FrameDecoderTest {
  @Test
  void anImageOfAnotherSizeIsRefused() {
    assertRefused(
        decoder(20, 20, 1),
        written(Images.grey(20, 30), "png"),
        WRONG_FRAME,
        "image has height 20 and width 30, the model's frames have 20 and 20 (image.fit: exact)");
  }

  @Test
  void cropTakesTheMiddle() throws Exception {
    byte[] image = png(header(3, 4, 8, 0), pixels(4, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)));

    byte[] frame = decoder(1, 2, 1, Fit.CROP, Colour.EXACT).decode(image, "");

    assertThat(frame).isEqualTo(bytes(6, 7));
  }

  @Test
  void cropRefusesWhatIsSmaller() {
    assertRefused(
        decoder(8, 8, 1, Fit.CROP, Colour.EXACT),
        written(Images.grey(20, 7), "png"),
        WRONG_FRAME,
        "image has height 20 and width 7, the model's frames have 8 and 8: image.fit: crop only"
            + " cuts");
  }

  @Test
  void stretchTakesMeansOverAreas() throws Exception {
    byte[] image = png(header(2, 3, 8, 0), pixels(3, bytes(0, 30, 60, 0, 30, 60)));

    assertThat(decoder(1, 1, 1, Fit.STRETCH, Colour.EXACT).decode(image, "")).isEqualTo(bytes(30));
    assertThat(decoder(1, 2, 1, Fit.STRETCH, Colour.EXACT).decode(image, ""))
        .isEqualTo(bytes(10, 50)); // (0 + 30 / 2) / 1.5
    assertThat(decoder(2, 6, 1, Fit.STRETCH, Colour.EXACT).decode(image, ""))
        .isEqualTo(bytes(0, 0, 30, 30, 60, 60, 0, 0, 30, 30, 60, 60));
  }

  @Test
  void stretchKeepsTheMeanOfLargeImages() throws Exception {
    byte[] image = written(Images.filled(3000, 3000, 0xfdfdfd), "png");

    byte[] frame = decoder(7, 11, 3, Fit.STRETCH, Colour.EXACT).decode(image, "");

    assertThat(frame).hasSize(231).containsOnly((byte) 0xfd);
  }

  @Test
  void aGreyImageStoredAsColourIsGrey() throws Exception {
    byte[] image = written(Images.filled(1, 2, 0x070707), "png");

    assertThat(decoder(1, 2, 1).decode(image, "")).isEqualTo(bytes(7, 7));
  }

  @Test
  void channelsMustMatch() {
    assertRefused(
        decoder(1, 2, 1),
        written(Images.filled(1, 2, 0x070708), "png"),
        WRONG_FRAME,
        "image is not grey: it has 3 channels, the model's frames have 1 (image.colour: exact)");
    assertRefused(
        decoder(2, 2, 3),
        written(Images.grey(2, 2), "png"),
        WRONG_FRAME,
        "image is grey: it has 1 channel, the model's frames have 3 (image.colour: exact)");
  }

  @Test
  void convertMakesThemMatch() throws Exception {
    byte[] colour = written(Images.filled(1, 1, 0xff0000), "png");
    byte[] grey = png(header(1, 1, 8, 0), pixels(1, bytes(9)));

    assertThat(decoder(1, 1, 1, Fit.EXACT, Colour.CONVERT).decode(colour, "")).isEqualTo(bytes(76));
    assertThat(decoder(1, 1, 3, Fit.EXACT, Colour.CONVERT).decode(grey, ""))
        .isEqualTo(bytes(9, 9, 9));
  }

  @Test
  void rawFramesAreTakenWhereTheMessageSaysSo() throws Exception {
    byte[] raw = bytes(255, 216, 255, 1); // begins as a JPEG would

    assertThat(decoder(2, 2, 1).decode(raw, "image/x-raw")).isEqualTo(raw);
    assertThat(decoder(2, 2, 1).decode(raw, "application/octet-stream")).isEqualTo(raw);
    assertThat(refusal(decoder(2, 2, 1), raw, "").reason()).isEqualTo(UNPARSEABLE);
  }

  @Test
  void aRawFrameOfAnotherLengthIsRefused() {
    assertThat(refusal(decoder(2, 2, 1), new byte[5], "image/x-raw"))
        .hasMessage("raw frame has 5 bytes, 2 x 2 x 1 (height, width, channels) are 4");
  }

  @Test
  void aRawFrameThatSaysItsSizeIsFitted() throws Exception {
    byte[] values = bytes(1, 2, 3, 4);
    FrameDecoder decoder = decoder(1, 1, 1, Fit.STRETCH, Colour.EXACT);

    assertThat(decoder.decodeRaw(values, 2, 2, 1)).isEqualTo(bytes(3));
    assertThatThrownBy(() -> decoder.decodeRaw(values, 2, 1, 1))
        .hasMessage("raw frame has 4 bytes, 2 x 1 x 1 (height, width, channels) are 2");
    assertThatThrownBy(() -> decoder.decodeRaw(values, 1, 1, 4))
        .hasMessage("raw frame has 4 channels, 1 (grey) or 3 (red, green, blue) are read");
    assertThatThrownBy(() -> decoder.decodeRaw(values, 1 << 30, 1 << 30, 3))
        .isInstanceOf(RefusedFrameException.class);
    assertThatThrownBy(() -> decoder.decodeRaw(values, -2, -2, 1))
        .hasMessage("raw frame claims height -2 and width -2, must be positive");
  }

  @Test
  void aContentTypeThatTheBytesContradictIsRefused() {
    byte[] image = written(Images.grey(8, 8), "png");

    assertThat(refusal(decoder(8, 8, 1), image, "image/jpeg"))
        .hasMessage("content type is 'image/jpeg', but the image begins as PNG");
  }

  @Test
  void otherKindsAreCalledByTheirName() {
    byte[] gif = written(Images.grey(8, 8), "gif");

    assertRefused(
        decoder(8, 8, 1), gif, WRONG_FRAME, "image is a GIF, PNG, JPEG and raw frames are read");
    assertThat(refusal(decoder(8, 8, 1), gif, "image/gif"))
        .hasMessage(
            "content type is 'image/gif', must be image/png, image/jpeg, image/x-raw or"
                + " application/octet-stream, or not given");
    assertRefused(
        decoder(8, 8, 1),
        written(Images.filled(8, 8, 1), "bmp"),
        WRONG_FRAME,
        "image is a BMP, PNG, JPEG and raw frames are read");
  }

  @Test
  void tooManyBytesAreRefusedUnread() {
    assertRefused(
        decoder(8, 8, 1),
        new byte[(1 << 20) + 1],
        TOO_LARGE,
        "image has 1048577 bytes, source.max-bytes is 1048576");
  }

  @Test
  void pixelsThatItsBytesCannotHoldAreRefused() {
    FrameDecoder decoder = decoder(8, 8, 1, Fit.STRETCH, Colour.EXACT);
    byte[] jpeg = written(Images.grey(8, 8), "jpeg");
    int header = Images.find(jpeg, 0xc0);
    jpeg[header + 5] = 8; // 2056 x 2056
    jpeg[header + 7] = 8;

    assertRefused(
        decoder,
        png(header(3000, 3000, 8, 0), pixels(1, bytes(9))),
        UNPARSEABLE,
        "image claims height 3000 and width 3000, more than its bytes can hold");
    assertRefused(
        decoder,
        jpeg,
        UNPARSEABLE,
        "image claims height 2056 and width 2056, more than its bytes can hold");
  }

  @Test
  void anImageThatTakesTooLongIsGivenUp() {
    AtomicLong clock = new AtomicLong();
    WantedFrame rules =
        new WantedFrame(new Frames(200, 200, 1), Fit.EXACT, Colour.EXACT, 1_000_000, 1 << 20);
    FrameDecoder slow =
        new FrameDecoder(rules, new PixelReader(() -> clock.addAndGet(6_000_000_000L)));

    assertRefused(
        slow, written(Images.grey(200, 200), "png"), TOO_LARGE, "PNG took more than 5 s to decode");
    assertRefused(
        slow,
        written(Images.grey(200, 200), "jpeg"),
        TOO_LARGE,
        "JPEG took more than 5 s to decode");
  }

  @Test
  void rulesSayWhatFramesMayBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WantedFrame(new Frames(8, 8, 2), Fit.EXACT, Colour.EXACT, 100, 100))
        .withMessage("image.channels must be 1 (grey) or 3 (red, green, blue), got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WantedFrame(new Frames(8, 8, 1), Fit.EXACT, Colour.EXACT, 63, 100))
        .withMessage("image.max-pixels (63) must allow frames of 8 x 8");
  }
}
