package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.image.FrameDecoder;
import io.nelbo.jobs.image.ImageHead;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.jobs.image.WantedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image file, as the detector's own stream would decode it. */
record FilePixels(Path file) implements Pixels {
  @Override
  public ImageHead head() throws IOException, RefusedFrameException {
    return ImageHead.of(Files.readAllBytes(file));
  }

  @Override
  public byte[] as(WantedFrame wanted) throws IOException, RefusedFrameException {
    return new FrameDecoder(wanted).decode(Files.readAllBytes(file), "");
  }
}
