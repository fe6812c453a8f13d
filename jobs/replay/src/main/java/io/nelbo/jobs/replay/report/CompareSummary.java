package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.compare.Agreement;
import io.nelbo.jobs.replay.compare.Comparison;
import io.nelbo.jobs.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/** A comparison in a few sentences; the first replay is called A, the second B. */
public final class CompareSummary {
  private CompareSummary() {}

  public static List<String> sentences(Comparison comparison) {
    Agreement agreement = comparison.agreement();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "A and B have %s in common; %s only in A, %s only in B."
            .formatted(
                NumberText.count(comparison.matched().pairs().size(), "record"),
                NumberText.count(comparison.matched().onlyFirst()),
                NumberText.count(comparison.matched().onlySecond())));
    if (agreement.scored() == 0) {
      sentences.add("No record was scored by both, so their scores cannot be compared.");
    } else {
      sentences.add(
          "Of %s scored by both, both alarm on %s, only A on %s, only B on %s."
              .formatted(
                  NumberText.count(agreement.scored(), "record"),
                  NumberText.count(agreement.bothAlarm()),
                  NumberText.count(agreement.onlyFirstAlarms()),
                  NumberText.count(agreement.onlySecondAlarms())));
      sentences.add(scores(agreement));
    }
    sentences.add(
        "%s only in A, %s only in B."
            .formatted(
                NumberText.count(comparison.onlyFirst().size(), "episode"),
                NumberText.count(comparison.onlySecond().size())));
    return sentences;
  }

  private static String scores(Agreement agreement) {
    if (agreement.largestDifference() == 0) {
      return "Their scores are equal.";
    }
    String ranks =
        Double.isFinite(agreement.rankCorrelation())
            ? "The rank correlation of their scores is %s; "
                .formatted(NumberText.figure(agreement.rankCorrelation()))
            : "";
    return ranks
        + (ranks.isEmpty() ? "The" : "the")
        + " largest difference is "
        + NumberText.figure(agreement.largestDifference())
        + ".";
  }

  /** B less A, with its sign; a dash where one has no such figure. */
  public static String difference(Comparison.Numbers numbers) {
    double difference = numbers.difference();
    if (Double.isNaN(difference)) {
      return "\u2013";
    }
    String text = NumberText.figure(Math.abs(difference));
    return difference == 0 ? "0" : (difference < 0 ? "-" : "+") + text;
  }

  /** Four significant digits; a dash where there is no such figure. */
  public static String number(double value) {
    return Double.isNaN(value) ? "\u2013" : NumberText.figure(value);
  }
}
