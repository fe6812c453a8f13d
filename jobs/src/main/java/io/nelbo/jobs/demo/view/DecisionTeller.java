package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the retrain job's decisions into words; has to hear all of them, in order. */
public final class DecisionTeller {
  private static final String UNKNOWN = "";

  private String incumbent = UNKNOWN;

  /** One sentence, two where a new normal is learned. */
  public List<String> tell(Decision decision) {
    List<String> sentences = new ArrayList<>();
    if (decision.isRegimeChange()) {
      sentences.add(
          "regime change: at least half of the series have changed for two slides, "
              + (decision.isActivation()
                  ? "learned by " + decision.version()
                  : "but no model of it passed"));
    }
    sentences.add(sentence(decision));
    if (decision.isActivation()) {
      incumbent = decision.version();
    }
    return List.copyOf(sentences);
  }

  private String sentence(Decision decision) {
    String stays = incumbent.isEmpty() ? "" : ", " + incumbent + " stays";
    return switch (decision.kind()) {
      case ACTIVATED -> activated(decision);
      case REJECTED -> "%s rejected%s: %s".formatted(decision.version(), stays, first(decision));
      case SKIPPED -> "no training%s: %s".formatted(stays, decision.why().line());
      case FAILED -> "training failed%s: %s".formatted(stays, decision.why().line());
      case UNKNOWN -> "a decision of a kind that this version does not know";
    };
  }

  /** The first of several reasons; the others, and what there is to remark, are in the event. */
  private static String first(Decision decision) {
    return decision.why().reasons().stream().findFirst().orElse("");
  }

  private static String activated(Decision decision) {
    String from = decision.effectiveFrom().map(LiveView::time).orElse("now");
    if (decision.incumbent().isEmpty()) {
      return String.format(
          Locale.ROOT,
          "%s activated from %s on: the first, trained on %,d rows",
          decision.version(),
          from,
          decision.rows());
    }
    return "%s activated from %s on: %s".formatted(decision.version(), from, comparison(decision));
  }

  private static String comparison(Decision decision) {
    double own = figure(decision, "candidate_negative_elbo");
    double other = figure(decision, "incumbent_negative_elbo");
    String density =
        String.format(
            Locale.ROOT,
            "new readings cost it %.2f nats, %s %.2f",
            own,
            decision.incumbent(),
            other);
    double power = figure(decision, "power");
    return Double.isNaN(power)
        ? density
        : density
            + String.format(
                Locale.ROOT,
                "; it notices %.0f %% of test faults, %s %.0f %%",
                100 * power,
                decision.incumbent(),
                100 * figure(decision, "incumbent_power"));
  }

  private static double figure(Decision decision, String name) {
    return decision.figures().getOrDefault(name, Double.NaN);
  }
}
