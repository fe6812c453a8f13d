package io.nelbo.jobs.config;

import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.family.Families;
import io.nelbo.model.record.Frames;
import java.util.List;
import java.util.Locale;

/** What the section {@code image} may hold, and what goes with it. */
final class ImageRules {
  private static final int LEAST_SIDE = 16;
  private static final int MOST_SIDE = 256;

  /** Any will do: which families take frames does not depend on their size. */
  private static final Frames FRAME = new Frames(LEAST_SIDE, LEAST_SIDE, 1);

  private ImageRules() {}

  /** Records of other formats say series and time themselves. */
  private static void checkHeaders(SourceConfig source, Violations broken) {
    if (source.format() == SourceConfig.Format.IMAGE) {
      return;
    }
    String format = source.format().name().toLowerCase(Locale.ROOT);
    checkUnused(source.headers().seriesHeader(), "source.series-header", format, broken);
    checkUnused(source.headers().timeHeader(), "source.time-header", format, broken);
  }

  private static void checkUnused(String header, String key, String format, Violations broken) {
    if (!header.isEmpty()) {
      broken.violate(
          List.of(key, "source.format"),
          "%s ('%s') is read with source.format: image alone, got %s",
          key,
          header,
          format);
    }
  }

  static void check(NelboConfig config, Violations broken) {
    ImageConfig image = config.image();
    SourceConfig.Format format = config.source().format();
    boolean ofImages = format == SourceConfig.Format.IMAGE;
    checkHeaders(config.source(), broken);
    if (!image.isConfigured()) {
      if (ofImages) {
        broken.violate(
            List.of("image.height", "source.format"),
            "image.height and image.width are missing: source.format is image, and a model's frames"
                + " have one size");
      }
      return;
    }
    broken.within(image.height(), LEAST_SIDE, MOST_SIDE, "image.height");
    broken.within(image.width(), LEAST_SIDE, MOST_SIDE, "image.width");
    broken.require(
        image.channels() == 1 || image.channels() == 3,
        "image.channels",
        "must be 1 (grey) or 3 (red, green, blue)",
        image.channels());
    int side = image.modelling().side();
    broken.require(
        side >= ConvolutionalSpec.STEP && side <= MOST_SIDE && side % ConvolutionalSpec.STEP == 0,
        "image.side",
        "must be a multiple of %s in %s..%s"
            .formatted(ConvolutionalSpec.STEP, ConvolutionalSpec.STEP, MOST_SIDE),
        side);
    broken.atLeast(image.maxPixels(), (long) image.height() * image.width(), "image.max-pixels");
    if (!ofImages && format != SourceConfig.Format.AVRO) {
      broken.violate(
          List.of("source.format", "image.height"),
          "source.format must be image, or avro for ImageRecord, where image.height is given, got"
              + " %s",
          format.name().toLowerCase(Locale.ROOT));
    }
    if (!config.features().isEmpty()) {
      broken.violate(
          List.of("features", "image.height"),
          "features and image exclude each other: a record is an image, or named values");
    }
    if (config.context().size() > 0) {
      broken.violate(
          List.of("context", "image.height"),
          "context cannot go with image: a frame is all that the model sees");
    }
    broken.require(
        config.window().length() == 1,
        "window.length",
        "must be 1 where records are images",
        config.window().length());
    List<String> families = Families.namesTaking(FRAME);
    broken.require(
        families.contains(config.train().family()),
        "train.family",
        "must be " + String.join(" or ", families) + " where records are images",
        config.train().family());
  }
}
