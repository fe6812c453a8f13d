package io.nelbo.jobs.evaluate.images;

import java.util.List;

/**
 * What a folder holds of one set, before a pixel is read.
 *
 * @param notes what of it is passed over
 */
record Listing(List<Item> items, List<String> notes) {
  /**
   * One image.
   *
   * @param name for messages
   * @param train whether it is one of those that train, which are normal
   * @param anomalous whether it shows a defect
   * @param masks that together say where; none where nobody says
   */
  record Item(String name, boolean train, boolean anomalous, Pixels pixels, List<Pixels> masks) {}

  Listing {
    items = List.copyOf(items);
    notes = List.copyOf(notes);
  }
}
