package io.nelbo.jobs.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nelbo.jobs.config.ImageConfig.Colour;
import io.nelbo.jobs.config.ImageConfig.Fit;
import io.nelbo.model.record.Frames;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images of the tests: drawn and written by the JDK, or put together by hand. */
final class Images {
  static final byte[] PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);

  private Images() {}

  static FrameDecoder decoder(int height, int width, int channels) {
    return decoder(height, width, channels, Fit.EXACT, Colour.EXACT);
  }

  static FrameDecoder decoder(int height, int width, int channels, Fit fit, Colour colour) {
    Frames frames = new Frames(height, width, channels);
    return new FrameDecoder(new WantedFrame(frames, fit, colour, 10_000_000, 1 << 20));
  }

  /** A smooth scene with an edge: grey. */
  static BufferedImage grey(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, greyAt(y, x));
      }
    }
    return image;
  }

  static int greyAt(int y, int x) {
    return (7 * y + 3 * x + (x > y ? 60 : 0)) & 0xff;
  }

  static BufferedImage filled(int height, int width, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  static byte[] written(BufferedImage image, String format) {
    return written(image, format, false);
  }

  static byte[] written(BufferedImage image, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (progressive) {
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A PNG of these chunks; each by {@link #chunk}. */
  static byte[] png(byte[]... chunks) {
    return joined(PNG_SIGNATURE, joined(chunks), chunk("IEND", new byte[0]));
  }

  static byte[] header(int height, int width, int depth, int type) {
    return header(height, width, depth, type, 0);
  }

  static byte[] header(int height, int width, int depth, int type, int interlace) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) type)
            .put((byte) 0)
            .put((byte) 0)
            .put((byte) interlace)
            .array());
  }

  /** Rows of samples as they are stored, without filters. */
  static byte[] pixels(int rowBytes, byte[] samples) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int at = 0; at < samples.length; at += rowBytes) {
      rows.write(0);
      rows.write(samples, at, rowBytes);
    }
    return chunk("IDAT", deflated(rows.toByteArray()));
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] named = joined(type.getBytes(ISO_8859_1), data);
    CRC32 crc = new CRC32();
    crc.update(named);
    return joined(number(data.length), named, number((int) crc.getValue()));
  }

  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(small)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return small.toByteArray();
  }

  /** The JPEG with one more segment behind its start. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    byte[] framing = {
      -1, (byte) marker, (byte) ((content.length + 2) >> 8), (byte) (content.length + 2)
    };
    byte[] rest = Arrays.copyOfRange(jpeg, 2, jpeg.length);
    return joined(new byte[] {-1, (byte) 0xd8}, framing, content, rest);
  }

  /** EXIF with an orientation alone, big endian. */
  static byte[] exif(int orientation) {
    return joined("Exif\0\0".getBytes(ISO_8859_1), tiff(orientation));
  }

  static byte[] tiff(int orientation) {
    return ByteBuffer.allocate(26)
        .put("MM\0*".getBytes(ISO_8859_1))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .array();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Where a marker of a JPEG made here begins. */
  static int find(byte[] jpeg, int marker) {
    for (int i = 2; i < jpeg.length - 1; i++) {
      if (jpeg[i] == -1 && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new IllegalArgumentException("no marker " + marker);
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }
}
