package io.nelbo.model.gate;

import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How many planted faults two models notice, in windows that both find normal before: what a
 * candidate that learned a fault as normal cannot hide.
 *
 * <p>The candidate's border gets the benefit of the doubt that a small calibration leaves. The
 * incumbent is taken at its border or, where it alarms at more of the untouched windows than a
 * model may, at the one at which it no longer does. After a change of regime the few windows that
 * an incumbent still finds normal lie just below its border, and whatever is done to them makes it
 * alarm: that is no power of detection.
 */
final class PowerCheck {
  /** Share of the faults of one kind that each noticed. */
  record Noticed(double candidate, double incumbent) {}

  private static final int MOST_WINDOWS = 300;

  /** Fewer say less than the five points that matter. */
  private static final int LEAST_WINDOWS = 50;

  private static final int BATCH = 256;

  private PowerCheck() {}

  /**
   * Plants the faults; empty when too few windows are normal to both.
   *
   * @param allowedAlarms share of the untouched windows at which a model may alarm
   */
  static Optional<Map<FaultKind, Noticed>> compare(
      HeldOutWindows windows,
      ModelOnRows candidate,
      ModelOnRows incumbent,
      double allowedAlarms,
      long seed) {
    double border = incumbent.borderFor(allowedAlarms);
    double candidateBorder = candidate.luckiestBorder();
    SplittableRandom random = new SplittableRandom(seed);
    FaultInjection faults = FaultInjection.into(windows, random);
    List<Integer> chosen = normal(windows, candidate, candidateBorder, incumbent, border, faults);
    if (chosen.size() < LEAST_WINDOWS) {
      return Optional.empty();
    }
    Map<FaultKind, Noticed> noticed = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : faults.kinds()) {
      int byCandidate = 0;
      int byIncumbent = 0;
      for (int from = 0; from < chosen.size(); from += BATCH) {
        List<Integer> part = chosen.subList(from, Math.min(chosen.size(), from + BATCH));
        WindowBatch broken = broken(kind, part, windows, faults, random);
        byCandidate += candidate.alarms(broken, candidateBorder);
        byIncumbent += incumbent.alarms(broken, border);
      }
      noticed.put(
          kind,
          new Noticed((double) byCandidate / chosen.size(), (double) byIncumbent / chosen.size()));
    }
    return Optional.of(noticed);
  }

  private static List<Integer> normal(
      HeldOutWindows windows,
      ModelOnRows candidate,
      double candidateBorder,
      ModelOnRows incumbent,
      double border,
      FaultInjection faults) {
    List<Integer> normal = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      if (candidate.isNormal(window, candidateBorder)
          && incumbent.isNormal(window, border)
          && faults.canBreak(window)) {
        normal.add(window);
      }
    }
    if (normal.size() <= MOST_WINDOWS) {
      return normal;
    }
    List<Integer> spread = new ArrayList<>();
    for (int i = 0; i < MOST_WINDOWS; i++) {
      spread.add(normal.get((int) ((long) i * normal.size() / MOST_WINDOWS)));
    }
    return spread;
  }

  private static WindowBatch broken(
      FaultKind kind,
      List<Integer> chosen,
      HeldOutWindows windows,
      FaultInjection faults,
      SplittableRandom random) {
    WindowBatch batch = new WindowBatch(chosen.size(), windows.windowLength(), windows.columns());
    for (int window : chosen) {
      int offset = batch.add(windows.series(window));
      windows.copy(window, batch.values(), offset);
      int other = another(windows, chosen, window, random);
      faults.plant(kind, window, other, batch.values(), offset);
    }
    return batch;
  }

  /** Some other window of the same series; itself where chance finds none. */
  private static int another(
      HeldOutWindows windows, List<Integer> chosen, int window, SplittableRandom random) {
    for (int attempt = 0; attempt < 50; attempt++) {
      int other = chosen.get(random.nextInt(chosen.size()));
      if (other != window && windows.series(other).equals(windows.series(window))) {
        return other;
      }
    }
    return window;
  }
}
