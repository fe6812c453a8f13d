package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.image.ImageHead;
import io.nelbo.model.record.Frames;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The size that all images of a set are brought to: the most common one, made smaller until its
 * longer side is at most {@value #MOST_SIDE}, each side at least {@value #LEAST_SIDE}. Of many
 * images smaller still, so that they fit into memory.
 *
 * @param original the most common size
 * @param others how many images have another one
 * @param height of the frames
 * @param width of the frames
 */
record FrameSize(ImageHead original, long others, int height, int width) {
  static final int MOST_SIDE = 256;
  static final int LEAST_SIDE = 28;

  /** Values of all images of a set, a byte each; and of those that train, four bytes each. */
  private static final long MOST_VALUES = 1L << 27;

  private static final long MOST_TRAINED = 1L << 26;

  /**
   * @param heads of all images, at least one
   * @param trained how many of them train
   */
  static FrameSize of(List<ImageHead> heads, int trained, int channels) {
    Map<ImageHead, Long> sizes = new LinkedHashMap<>();
    heads.forEach(
        head -> sizes.merge(new ImageHead(head.height(), head.width(), 1), 1L, Long::sum));
    Map.Entry<ImageHead, Long> usual =
        sizes.entrySet().stream()
            .max(
                Map.Entry.<ImageHead, Long>comparingByValue()
                    .thenComparing(
                        Map.Entry.comparingByKey(
                            Comparator.comparingLong(head -> (long) head.height() * head.width()))))
            .orElseThrow();
    ImageHead original = usual.getKey();
    double longer = Math.max(original.height(), original.width());
    double scale = Math.min(1, MOST_SIDE / longer);
    double values = scale * scale * original.height() * original.width() * channels;
    double room =
        Math.min(
            MOST_VALUES / (values * heads.size()), MOST_TRAINED / (values * Math.max(1, trained)));
    scale *= Math.min(1, Math.sqrt(room));
    return new FrameSize(
        original,
        heads.size() - usual.getValue(),
        side(original.height(), scale),
        side(original.width(), scale));
  }

  private static int side(int pixels, double scale) {
    return Math.max(LEAST_SIDE, (int) Math.round(pixels * scale));
  }

  boolean isOriginal() {
    return height == original.height() && width == original.width();
  }

  Frames frames(int channels) {
    return new Frames(height, width, channels);
  }
}
