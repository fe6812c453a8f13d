package io.nelbo.jobs.evaluate.images;

import java.io.IOException;
import java.nio.file.Path;

/** How the images and labels of a set lie in its folder. */
interface ImageLayout {
  /** Whether the folder is a set in this layout. */
  boolean holds(Path folder);

  /**
   * Lists the images in an order of their own.
   *
   * @throws io.nelbo.jobs.evaluate.data.BenchmarkDataException when labels or files contradict the
   *     layout
   */
  Listing list(Path folder) throws IOException;
}
