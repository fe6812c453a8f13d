package io.nelbo.jobs.image;

/**
 * What the headers of an image file say, before a pixel is decoded.
 *
 * @param height of the upright image, in pixels
 * @param width of the upright image, in pixels
 * @param channels 1 grey, 3 red, green and blue; grey may be stored as colour
 */
public record ImageHead(int height, int width, int channels) {
  /**
   * Reads the headers of a PNG or a JPEG.
   *
   * @throws RefusedFrameException when the bytes are neither, or damaged as far as headers tell
   */
  public static ImageHead of(byte[] image) throws RefusedFrameException {
    return switch (ImageKind.of(image, "", 0)) {
      case PNG -> of(PngFile.open(image));
      case JPEG -> of(JpegFile.open(image));
      case RAW -> throw new IllegalStateException("raw values have no head");
    };
  }

  private static ImageHead of(CodedImage image) {
    boolean swaps = image.orientation().swapsSides();
    return new ImageHead(
        swaps ? image.width() : image.height(),
        swaps ? image.height() : image.width(),
        image.channels());
  }
}
