package io.nelbo.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ImageHeadTest {
  @Test
  void tellsSizeAndColourOfAnImageThatIsNotDecoded() throws Exception {
    byte[] grey = encoded(BufferedImage.TYPE_BYTE_GRAY, "png");
    byte[] colour = encoded(BufferedImage.TYPE_INT_RGB, "jpeg");

    assertThat(ImageHead.of(grey)).isEqualTo(new ImageHead(20, 30, 1));
    assertThat(ImageHead.of(colour)).isEqualTo(new ImageHead(20, 30, 3));
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> ImageHead.of(new byte[] {'B', 'M', 0, 0}))
        .isInstanceOf(RefusedFrameException.class)
        .hasMessage("image is a BMP, PNG, JPEG and raw frames are read");
  }

  private static byte[] encoded(int type, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(30, 20, type), format, bytes);
    return bytes.toByteArray();
  }
}
