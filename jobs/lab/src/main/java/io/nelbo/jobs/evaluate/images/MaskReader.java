package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.config.ImageConfig.Fit;
import io.nelbo.jobs.image.FrameDecoder;
import io.nelbo.jobs.image.ImageHead;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.model.record.Frames;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Masks in the size of the frames. A mask marks what is above {@value #BRIGHT}; one that is nowhere
 * as bright, as those that number kinds of defects, what is above 0. Of a smaller frame a pixel is
 * marked where at least half of what it covers is; if none is, those of which anything is: a crack
 * of one pixel is not to vanish.
 */
final class MaskReader {
  private static final int BRIGHT = 127;
  private static final int MARKED = 255;

  /** Larger masks are made smaller before they are looked at. */
  private static final double MOST_PIXELS = 1 << 22;

  private final Frames frames;

  MaskReader(Frames frames) {
    this.frames = new Frames(frames.height(), frames.width(), 1);
  }

  /** What any of them marks. */
  BitSet read(List<Pixels> masks) throws IOException, RefusedFrameException {
    BitSet marked = new BitSet();
    for (Pixels mask : masks) {
      marked.or(read(mask));
    }
    return marked;
  }

  private BitSet read(Pixels mask) throws IOException, RefusedFrameException {
    ImageHead head = mask.head();
    double shrink = Math.sqrt(Math.min(1, MOST_PIXELS / ((double) head.height() * head.width())));
    Frames own =
        new Frames(
            Math.max(1, (int) (head.height() * shrink)),
            Math.max(1, (int) (head.width() * shrink)),
            1);
    byte[] values = mask.as(ImageSetReader.wanted(own, Fit.STRETCH));
    int brightest = 0;
    for (byte value : values) {
      brightest = Math.max(brightest, value & 0xff);
    }
    int border = brightest > BRIGHT ? BRIGHT : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) ((values[i] & 0xff) > border ? MARKED : 0);
    }
    byte[] shares =
        new FrameDecoder(ImageSetReader.wanted(frames, Fit.STRETCH))
            .decodeRaw(values, own.height(), own.width(), 1);
    BitSet half = above(shares, BRIGHT);
    return half.isEmpty() ? above(shares, 0) : half;
  }

  private static BitSet above(byte[] values, int border) {
    BitSet above = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      above.set(i, (values[i] & 0xff) > border);
    }
    return above;
  }
}
