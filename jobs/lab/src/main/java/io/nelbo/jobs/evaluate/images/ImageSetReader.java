package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.config.ImageConfig.Colour;
import io.nelbo.jobs.config.ImageConfig.Fit;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.image.ImageHead;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.jobs.image.WantedFrame;
import io.nelbo.model.record.Frames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Brings the images of a listing to one size and to grey or colour, and leaves out what cannot be
 * read. A set is coloured when most of its training images are: when one pixel in a hundred has
 * channels that differ. Reads one set.
 */
final class ImageSetReader {
  /** Of so many images, evenly spread, colour is looked for. */
  private static final int LOOKED_AT = 32;

  /** More than a JPEG makes of grey. */
  private static final int LEAST_DIFFERENCE = 8;

  private static final double LEAST_COLOURED = 0.01;

  /** A photograph may be large; the frame that is made of it is not. */
  private static final long MOST_PIXELS = 200_000_000;

  private static final int MOST_BYTES = 1 << 30;

  private final String source;
  private final LeftOut damaged = new LeftOut("images cannot be read and are left out");
  private final LeftOut unmasked = new LeftOut("defects have no mask that could be read");
  private final List<String> notes = new ArrayList<>();
  private int blank;

  ImageSetReader(Path folder) {
    this.source = folder.toString();
  }

  /** Stretched or not, grey or coloured as the frames are. */
  static WantedFrame wanted(Frames frames, Fit fit) {
    return new WantedFrame(frames, fit, Colour.CONVERT, MOST_PIXELS, MOST_BYTES);
  }

  ImageSet read(Listing listing) throws IOException {
    notes.addAll(listing.notes());
    List<Listing.Item> items = new ArrayList<>();
    List<ImageHead> heads = new ArrayList<>();
    for (Listing.Item item : listing.items()) {
      try {
        heads.add(item.pixels().head());
        items.add(item);
      } catch (RefusedFrameException e) {
        damaged.add(item.name(), e);
      }
    }
    requireSome(items, listing);
    int trained = (int) items.stream().filter(Listing.Item::train).count();
    int channels = isColoured(items, heads) ? 3 : 1;
    FrameSize size = FrameSize.of(heads, trained, channels);
    List<LabelledFrame> train = new ArrayList<>();
    List<LabelledFrame> test = new ArrayList<>();
    WantedFrame wanted = wanted(size.frames(channels), Fit.STRETCH);
    for (Listing.Item item : items) {
      try {
        (item.train() ? train : test).add(frame(item, wanted));
      } catch (RefusedFrameException e) {
        damaged.add(item.name(), e);
      }
    }
    requireSomeOfEach(train, test);
    tell(size, train, test, channels);
    return new ImageSet(source, size.frames(channels), train, test, false, notes);
  }

  private LabelledFrame frame(Listing.Item item, WantedFrame wanted)
      throws IOException, RefusedFrameException {
    byte[] values = item.pixels().as(wanted);
    if (!item.anomalous()) {
      return LabelledFrame.normal(item.name(), values);
    }
    return new LabelledFrame(item.name(), values, true, mask(item, wanted.frames()));
  }

  private Optional<BitSet> mask(Listing.Item item, Frames frames) throws IOException {
    if (item.masks().isEmpty()) {
      unmasked.add(item.name());
      return Optional.empty();
    }
    try {
      BitSet marked = new MaskReader(frames).read(item.masks());
      if (marked.isEmpty()) {
        blank++;
        return Optional.empty();
      }
      return Optional.of(marked);
    } catch (RefusedFrameException e) {
      unmasked.add(item.name(), e);
      return Optional.empty();
    }
  }

  private boolean isColoured(List<Listing.Item> items, List<ImageHead> heads) throws IOException {
    List<Listing.Item> train = items.stream().filter(Listing.Item::train).toList();
    List<Listing.Item> any = train.isEmpty() ? items : train;
    WantedFrame small = wanted(FrameSize.of(heads, any.size(), 3).frames(3), Fit.STRETCH);
    int looked = Math.min(LOOKED_AT, any.size());
    int coloured = 0;
    int seen = 0;
    for (int i = 0; i < looked; i++) {
      Pixels pixels = any.get((int) ((long) i * any.size() / looked)).pixels();
      try {
        seen++;
        coloured += pixels.head().channels() == 3 && isColoured(pixels.as(small)) ? 1 : 0;
      } catch (RefusedFrameException e) {
        seen--; // told when it is to be taken in
      }
    }
    return 2 * coloured > seen;
  }

  private static boolean isColoured(byte[] values) {
    int coloured = 0;
    for (int i = 0; i < values.length; i += 3) {
      int red = values[i] & 0xff;
      int green = values[i + 1] & 0xff;
      int blue = values[i + 2] & 0xff;
      int spread = Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
      coloured += spread > LEAST_DIFFERENCE ? 1 : 0;
    }
    return coloured > LEAST_COLOURED * values.length / 3;
  }

  private void requireSome(List<Listing.Item> items, Listing listing)
      throws BenchmarkDataException {
    if (listing.items().isEmpty()) {
      throw new BenchmarkDataException(source + " holds no image");
    }
    if (items.isEmpty()) {
      throw new BenchmarkDataException(source + ": " + damaged.told(listing.items().size()));
    }
  }

  private void requireSomeOfEach(List<LabelledFrame> train, List<LabelledFrame> test)
      throws BenchmarkDataException {
    if (train.isEmpty() || test.isEmpty()) {
      int left = train.size() + test.size();
      String why = damaged.isEmpty() ? "" : " (" + damaged.told(left + damaged.count()) + ")";
      throw new BenchmarkDataException(
          source + ": no image is left to " + (train.isEmpty() ? "train on" : "test") + why);
    }
  }

  private void tell(
      FrameSize size, List<LabelledFrame> train, List<LabelledFrame> test, int channels) {
    long defects = test.stream().filter(LabelledFrame::anomalous).count();
    notes.add(
        0,
        "%d images train, %d normal and %d defective ones test, frames of %d x %d, %s"
            .formatted(
                train.size(),
                test.size() - defects,
                defects,
                size.height(),
                size.width(),
                channels == 3 ? "in colour" : "grey"));
    if (!size.isOriginal()) {
      notes.add(
          "images of %d x %d are scaled to %d x %d"
              .formatted(
                  size.original().height(), size.original().width(), size.height(), size.width()));
    }
    if (size.others() > 0) {
      notes.add(
          "%d of %d images have another size than %d x %d, the usual one, and are stretched"
              .formatted(
                  size.others(),
                  train.size() + test.size() + damaged.count(),
                  size.original().height(),
                  size.original().width()));
    }
    if (!damaged.isEmpty()) {
      notes.add(damaged.told(train.size() + test.size() + damaged.count()));
    }
    long masked = test.stream().filter(one -> one.anomalous() && one.mask().isPresent()).count();
    if (masked == 0) {
      notes.add("there are no masks: no figures of pixels");
    } else if (!unmasked.isEmpty()) {
      notes.add(unmasked.told((int) defects) + ": they are left out of the figures of pixels");
    }
    if (blank > 0) {
      notes.add(
          "%d masks of %d mark nothing in their image, which the figures of pixels leave out"
              .formatted(blank, masked + blank));
    }
  }
}
