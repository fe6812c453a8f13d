package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.replay.file.ImageTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How files of images are read. */
public final class ImageOptions {
  @Option(
      names = "--image-time",
      paramLabel = "FROM",
      converter = Basis.class,
      description =
          "Images: where times come from: name (a date and time of day in the file's name, or a"
              + " count since 1970), file (when it was changed), order (of the names, a second"
              + " each). Default: name where all names hold a time, else order.")
  private ImageTime time = ImageTime.AUTO;

  /** Where times come from. */
  public ImageTime time() {
    return time;
  }

  static final class Basis implements ITypeConverter<ImageTime> {
    @Override
    public ImageTime convert(String text) {
      for (ImageTime basis : ImageTime.values()) {
        if (basis.optionName().equals(text.toLowerCase(Locale.ROOT))) {
          return basis;
        }
      }
      throw new TypeConversionException(
          "must be %s, got '%s'"
              .formatted(
                  Arrays.stream(ImageTime.values())
                      .map(ImageTime::optionName)
                      .collect(Collectors.joining(", ")),
                  text));
    }
  }
}
