package io.nelbo.jobs.image;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/** Listens to one decoding: ends it when its time is over, keeps its first warning. */
final class Watch implements IIOReadProgressListener, IIOReadWarningListener {
  /** Reports between two looks at the time: a PNG makes one a row, a JPEG some twenty in all. */
  private static final int REPORTS = 8;

  /** Many cameras pad what they send; the pixels are whole. */
  private static final Pattern HARMLESS = Pattern.compile(".*extraneous bytes before marker 0xd9");

  private final LongSupplier spentNanos;
  private final long latest;
  private int reports;
  private boolean over;
  private String warning = "";

  Watch(LongSupplier spentNanos, Duration longest) {
    this.spentNanos = spentNanos;
    this.latest = spentNanos.getAsLong() + longest.toNanos();
  }

  boolean isOver() {
    return over;
  }

  /** Empty for none. */
  String warning() {
    return warning;
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    reports++;
    if (reports % REPORTS == 0 && spentNanos.getAsLong() - latest > 0) {
      over = true;
      source.abort();
    }
  }

  @Override
  public void warningOccurred(ImageReader source, String text) {
    if (warning.isEmpty() && !HARMLESS.matcher(text).matches()) {
      warning = text;
    }
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
