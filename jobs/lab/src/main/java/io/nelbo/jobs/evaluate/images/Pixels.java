package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.image.ImageHead;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.jobs.image.WantedFrame;
import java.io.IOException;

/** The pixels of one image, where they lie. */
interface Pixels {
  /** Its own size. */
  ImageHead head() throws IOException, RefusedFrameException;

  /** Read and made what is wanted. */
  byte[] as(WantedFrame wanted) throws IOException, RefusedFrameException;
}
