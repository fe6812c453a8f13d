package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.IdxFile;
import io.nelbo.jobs.image.FrameDecoder;
import io.nelbo.jobs.image.ImageHead;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.jobs.image.WantedFrame;
import java.util.Arrays;

/**
 * One image of an IDX file.
 *
 * @param image its row
 */
record IdxPixels(IdxFile file, int image) implements Pixels {
  /**
   * Fails unless the last dimension, if there is a fourth, is one of channels.
   *
   * @throws BenchmarkDataException naming the file
   */
  static void requireChannels(IdxFile file) throws BenchmarkDataException {
    int channels = channels(file);
    if (channels != 1 && channels != 3) {
      throw new BenchmarkDataException(
          "%s: the last of %d dimensions is %d, expected 1 (grey) or 3 (red, green, blue)"
              .formatted(file.file(), file.shape().length, channels));
    }
  }

  @Override
  public ImageHead head() {
    return new ImageHead(file.shape()[1], file.shape()[2], channels(file));
  }

  @Override
  public byte[] as(WantedFrame wanted) throws RefusedFrameException {
    ImageHead head = head();
    int length = head.height() * head.width() * head.channels();
    byte[] values = Arrays.copyOfRange(file.values(), image * length, (image + 1) * length);
    return new FrameDecoder(wanted).decodeRaw(values, head.height(), head.width(), head.channels());
  }

  private static int channels(IdxFile file) {
    return file.shape().length == 3 ? 1 : file.shape()[3];
  }
}
