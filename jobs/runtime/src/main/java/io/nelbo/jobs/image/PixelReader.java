package io.nelbo.jobs.image;

import io.nelbo.jobs.text.ShownText;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The JDK's own decoders, held to what a stream can bear: no temporary files, no warning passed
 * over, an end in time, everything let go afterwards.
 *
 * <p>Time is what the processor spent and not what a clock shows: a machine that was held up makes
 * no dead letter of a good frame. Caps on bytes, pixels and scans make it a last resort.
 */
final class PixelReader {
  static final Duration LONGEST = Duration.ofSeconds(5);

  private final ImageReaderSpi png = ofJdk("png");
  private final ImageReaderSpi jpeg = ofJdk("jpeg");
  private final LongSupplier spentNanos;

  /**
   * @param spentNanos grows by what this thread has worked
   */
  PixelReader(LongSupplier spentNanos) {
    this.spentNanos = spentNanos;
  }

  static PixelReader timedByProcessor() {
    return new PixelReader(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  Raster png(byte[] file) throws RefusedFrameException {
    return read("PNG", png, file);
  }

  Raster jpeg(byte[] file) throws RefusedFrameException {
    return read("JPEG", jpeg, file);
  }

  private Raster read(String kind, ImageReaderSpi provider, byte[] file)
      throws RefusedFrameException {
    Watch watch = new Watch(spentNanos, LONGEST);
    Raster pixels;
    try (BytesInput input = new BytesInput(file)) {
      pixels = read(provider, input, watch);
    } catch (IOException e) {
      throw RefusedFrameException.unparseable("%s cannot be decoded: %s", kind, said(e));
    } catch (RuntimeException e) { // what the decoders did not foresee is the bytes' fault too
      throw RefusedFrameException.unparseable("%s cannot be decoded: it contradicts itself", kind);
    }
    if (watch.isOver()) {
      throw RefusedFrameException.tooLarge(
          "%s took more than %d s to decode", kind, LONGEST.toSeconds());
    }
    if (!watch.warning().isEmpty()) {
      throw RefusedFrameException.unparseable(
          "%s is damaged: %s", kind, ShownText.of(watch.warning()));
    }
    return pixels;
  }

  private static Raster read(ImageReaderSpi provider, BytesInput input, Watch watch)
      throws IOException {
    ImageReader reader = provider.createReaderInstance(null);
    try {
      reader.setInput(input, true, true);
      reader.addIIOReadWarningListener(watch);
      reader.addIIOReadProgressListener(watch);
      return reader.read(0, null).getRaster();
    } finally {
      reader.dispose();
    }
  }

  private static String said(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "it ends too early" : ShownText.of(message);
  }

  /** Whatever else is installed: another decoder has other bits. */
  private static ImageReaderSpi ofJdk(String format) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      if (provider.getClass().getModule() == ImageIO.class.getModule()
          && List.of(provider.getFormatNames()).contains(format)) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java has no decoder of its own for " + format);
  }
}
