package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.image.RefusedFrameException;
import java.util.ArrayList;
import java.util.List;

/** Counts what is left out, and tells the first ones by name. */
final class LeftOut {
  private static final int TOLD = 3;

  private final String what;
  private final List<String> first = new ArrayList<>();
  private int count;

  /**
   * @param what follows the number, in words
   */
  LeftOut(String what) {
    this.what = what;
  }

  void add(String name) {
    count++;
    if (first.size() < TOLD) {
      first.add(name);
    }
  }

  void add(String name, RefusedFrameException reason) {
    add(name + ": " + reason.getMessage());
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /**
   * @param all of which these were left out
   */
  String told(int all) {
    String more = count > first.size() ? "; and %d more".formatted(count - first.size()) : "";
    return "%d of %d %s (%s%s)".formatted(count, all, what, String.join("; ", first), more);
  }
}
