package io.nelbo.jobs.retrain.decide;

import io.nelbo.model.learn.IncumbentReview;
import io.nelbo.model.learn.SpanReview;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** What a review has found, in the words of an announcement. */
final class ReviewRemarks {
  private static final int MOST_NAMES = 5;

  private ReviewRemarks() {}

  static List<String> of(SpanReview review) {
    List<String> remarks = new ArrayList<>();
    if (review.isRegimeChange()) {
      remarks.add(
          "REGIME_CHANGE: at least half of the series have changed for %s slides in a row, their rows are"
                  .formatted(review.changedInARow())
              + " trained on");
    }
    SortedSet<String> names = review.seriesLeftOut();
    if (!names.isEmpty()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "left out for faults, where more than %.0f %% of the rows alarm: %s",
              100 * SpanReview.faultShare(),
              names(names)));
    }
    return remarks;
  }

  private static String names(SortedSet<String> names) {
    List<String> shown = names.stream().limit(MOST_NAMES).toList();
    String more =
        names.size() > MOST_NAMES ? " and %s more".formatted(names.size() - MOST_NAMES) : "";
    return String.join(", ", shown) + more;
  }

  static String of(IncumbentReview.Unusable incumbent) {
    return "%s does not say which records are strange: %s"
        .formatted(incumbent.version(), incumbent.reason());
  }
}
