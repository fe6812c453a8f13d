package io.nelbo.model.gate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The gate's verdict on one candidate, with the figures that it rests on. */
public sealed interface GateOutcome {
  /** Finite figures by name; names ending in {@code _negative_elbo} are nats of raw features. */
  Map<String, Double> figures();

  /** What a person should know beside the verdict; empty when there is nothing. */
  List<String> remarks();

  /** The version that the figures of an incumbent are of; empty when none could be compared. */
  String comparedWith();

  /** May take the incumbent's place. */
  record Accepted(Map<String, Double> figures, List<String> remarks, String comparedWith)
      implements GateOutcome {
    public Accepted {
      figures = Collections.unmodifiableMap(new TreeMap<>(figures));
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * The incumbent stays.
   *
   * @param reasons at least one, in words
   */
  record Rejected(
      Map<String, Double> figures, List<String> remarks, String comparedWith, List<String> reasons)
      implements GateOutcome {
    public Rejected {
      figures = Collections.unmodifiableMap(new TreeMap<>(figures));
      remarks = List.copyOf(remarks);
      reasons = List.copyOf(reasons);
    }
  }
}
