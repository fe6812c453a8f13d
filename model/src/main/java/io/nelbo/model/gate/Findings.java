package io.nelbo.model.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an examination has found so far. */
final class Findings {
  private final Map<String, Double> figures = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private String comparedWith = "";

  /** A figure that is no finite number is left out: the reason says why it is none. */
  void figure(String name, double value) {
    if (Double.isFinite(value)) {
      figures.put(name, value);
    }
  }

  void remark(String text, Object... values) {
    remarks.add(String.format(Locale.ROOT, text, values));
  }

  void reject(String text, Object... values) {
    reasons.add(String.format(Locale.ROOT, text, values));
  }

  /** The model that the figures of an incumbent are of. */
  void comparedWith(String version) {
    comparedWith = version;
  }

  GateOutcome outcome() {
    return reasons.isEmpty()
        ? new GateOutcome.Accepted(figures, remarks, comparedWith)
        : new GateOutcome.Rejected(figures, remarks, comparedWith, reasons);
  }
}
