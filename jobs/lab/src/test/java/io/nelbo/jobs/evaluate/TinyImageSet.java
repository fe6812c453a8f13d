package io.nelbo.jobs.evaluate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drawn images in IDX files with {@code labels.csv}. */
public final class TinyImageSet {
  private TinyImageSet() {}

  /** Good ones called Fine, defective ones called Blot, whose masks may be left out. */
  public static void write(
      Path folder, int side, int train, int good, int defective, boolean withMasks)
      throws IOException {
    DrawnImages images = new DrawnImages(side, side, false, 7);
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    ByteArrayOutputStream masks = new ByteArrayOutputStream();
    List<String> lines = new ArrayList<>(List.of("row,name,class,split"));
    int all = train + good + defective;
    for (int row = 0; row < all; row++) {
      boolean blot = row >= train + good;
      byte[] mask = new byte[side * side];
      values.write(images.greys(blot, mask));
      masks.write(mask);
      lines.add(
          "%d,part_%d.jpg,%s,%s"
              .formatted(row, 10 * row, blot ? "Blot" : "Fine", row < train ? "train" : "test"));
    }
    Files.createDirectories(folder);
    int[] shape = {all, side, side};
    TinyImages.gzip(
        folder.resolve("images-idx3-ubyte.gz"), TinyImages.idx(shape, values.toByteArray()));
    if (withMasks) {
      TinyImages.gzip(
          folder.resolve("masks-idx3-ubyte.gz"), TinyImages.idx(shape, masks.toByteArray()));
    }
    Files.write(folder.resolve("labels.csv"), lines);
  }
}
