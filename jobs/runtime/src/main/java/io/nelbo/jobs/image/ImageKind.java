package io.nelbo.jobs.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nelbo.jobs.text.ShownText;
import java.util.List;
import java.util.Locale;

/** How the bytes of an image are to be read: by what they say of themselves and by what is said. */
enum ImageKind {
  PNG("\u0089PNG\r\n\u001a\n"),
  JPEG("\u00ff\u00d8\u00ff"),
  /** One byte per channel, rows from the top; they say nothing of themselves. */
  RAW("");

  /** What is met in the wild and not read here, so that the reason can name it. */
  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign("a GIF", 0, "GIF8"),
          new Foreign("a WebP", 8, "WEBP"),
          new Foreign("a BMP", 0, "BM"),
          new Foreign("a TIFF", 0, "II*\0"),
          new Foreign("a TIFF", 0, "MM\0*"),
          new Foreign("a HEIC or AVIF", 4, "ftyp"),
          new Foreign("a JPEG 2000", 0, "\0\0\0\fjP  "),
          new Foreign("text", 0, "{"),
          new Foreign("text", 0, "data:"));

  private static final String READ = "PNG, JPEG and raw frames are read";

  private final String magic;

  ImageKind(String magic) {
    this.magic = magic;
  }

  /**
   * Decides how to read them. Raw frames must be said to be some: any bytes of the right number
   * would pass as one.
   *
   * @param contentType of the message; empty where none is given
   * @param rawLength bytes of a raw frame
   */
  static ImageKind of(byte[] bytes, String contentType, int rawLength)
      throws RefusedFrameException {
    return switch (essence(contentType)) {
      case "" -> byMagic(bytes);
      case "image/png", "image/x-png" -> asSaid(PNG, bytes, contentType);
      case "image/jpeg", "image/jpg", "image/pjpeg" -> asSaid(JPEG, bytes, contentType);
      case "image/x-raw" -> RAW;
      case "application/octet-stream" -> unspecified(bytes, rawLength);
      default ->
          throw RefusedFrameException.wrongFrame(
              "content type is '%s', must be image/png, image/jpeg, image/x-raw or"
                  + " application/octet-stream, or not given",
              ShownText.of(contentType));
    };
  }

  /** Many send this for whatever they send. */
  private static ImageKind unspecified(byte[] bytes, int rawLength) throws RefusedFrameException {
    boolean isPng = begins(bytes, 0, PNG.magic);
    return bytes.length == rawLength && !isPng ? RAW : byMagic(bytes);
  }

  private static ImageKind byMagic(byte[] bytes) throws RefusedFrameException {
    for (ImageKind kind : List.of(PNG, JPEG)) {
      if (begins(bytes, 0, kind.magic)) {
        return kind;
      }
    }
    for (Foreign foreign : FOREIGN) {
      if (begins(bytes, foreign.at, foreign.magic)) {
        throw RefusedFrameException.wrongFrame("image is %s, %s", foreign.name, READ);
      }
    }
    throw RefusedFrameException.unparseable(
        "image of %d bytes begins neither as PNG nor as JPEG; a raw frame needs the content type"
            + " image/x-raw, or application/octet-stream and its exact length",
        bytes.length);
  }

  private static ImageKind asSaid(ImageKind said, byte[] bytes, String contentType)
      throws RefusedFrameException {
    ImageKind found = byMagic(bytes);
    if (found != said) {
      throw RefusedFrameException.unparseable(
          "content type is '%s', but the image begins as %s", ShownText.of(contentType), found);
    }
    return said;
  }

  private static boolean begins(byte[] bytes, int at, String magic) {
    return ByteReading.beginsAt(bytes, at, magic.getBytes(ISO_8859_1));
  }

  /** Without parameters. */
  private static String essence(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private record Foreign(String name, int at, String magic) {}
}
