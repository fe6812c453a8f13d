package io.nelbo.jobs.progress;

import java.util.ArrayList;
import java.util.List;

/**
 * Which features no record has had yet. Once all have been seen it costs one comparison a record.
 */
public final class NeverObserved {
  private static final int FIRST_AFTER = 10_000;
  private static final int AGAIN = 10;

  private final List<String> names;
  private int[] missing;
  private long records;
  private long nextAt = FIRST_AFTER;

  /**
   * @param names of the features, in the order of the values
   */
  public NeverObserved(List<String> names) {
    this.names = List.copyOf(names);
    missing = new int[this.names.size()];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = i;
    }
  }

  /**
   * Looks at a record.
   *
   * @param values NaN where not observed; there may be more behind the features
   * @return whether it is time to say that some feature has never been observed: after 10,000
   *     records, and each time after ten times as many
   */
  public boolean see(float[] values) {
    if (missing.length == 0) {
      return false;
    }
    records++;
    forgetObserved(values);
    if (records < nextAt || missing.length == 0) {
      return false;
    }
    nextAt *= AGAIN;
    return true;
  }

  private void forgetObserved(float[] values) {
    int left = 0;
    for (int feature : missing) {
      if (Float.isNaN(values[feature])) {
        left++;
      }
    }
    if (left == missing.length) {
      return;
    }
    int[] still = new int[left];
    int next = 0;
    for (int feature : missing) {
      if (Float.isNaN(values[feature])) {
        still[next++] = feature;
      }
    }
    missing = still;
  }

  /** The names of those, in the configuration's order. */
  public List<String> names() {
    List<String> never = new ArrayList<>();
    for (int feature : missing) {
      never.add(names.get(feature));
    }
    return never;
  }

  /** How many records have been looked at. */
  public long records() {
    return records;
  }
}
