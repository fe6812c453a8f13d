package io.nelbo.jobs.cli;

import io.nelbo.jobs.text.RegionWords;
import io.nelbo.jobs.text.ShownText;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.ImageReference;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;

/** An anomaly event as a line for people. */
public final class AnomalyText {
  private final boolean colour;

  AnomalyText(boolean colour) {
    this.colour = colour;
  }

  /**
   * Like {@code 2026-01-01T10:00:00Z OPENED pump-7 score 1.8 (p 2.0e-05) flow 3.1, expected 5.2 ±
   * 0.4 (71 %)}; of a frame, the channel that spoke and where.
   */
  String of(Anomaly anomaly) {
    ImageReference image = anomaly.getImage();
    String blamed =
        image == null
            ? anomaly.getAttribution().stream().map(this::of).collect(Collectors.joining("; "))
            : places(anomaly, image);
    String text =
        String.format(
            Locale.ROOT,
            "%s  %s  %s  score %.2f (p %.1e)%s%s  %s  [episode %.8s since %s, %d record%s, %s%s]",
            anomaly.getEventTime(),
            painted(anomaly.getKind(), String.format("%-8s", anomaly.getKind())),
            bold(ShownText.of(anomaly.getSeries())),
            anomaly.getScore(),
            anomaly.getPValue(),
            smoothed(anomaly),
            anomaly.getCold() ? "  cold" : "",
            blamed.isEmpty() ? "no feature stands out" : blamed,
            anomaly.getEpisodeId(),
            anomaly.getEpisodeStart(),
            anomaly.getEpisodeRecords(),
            anomaly.getEpisodeRecords() == 1 ? "" : "s",
            anomaly.getModelVersion(),
            anomaly.getOverdue() ? ", overdue" : "");
    return text;
  }

  /** Like {@code local: upper left, 12 x 5 pixels at (10, 8); 0.6 % of the frame}. */
  private static String places(Anomaly anomaly, ImageReference image) {
    String regions =
        anomaly.getRegions().stream()
            .map(region -> RegionWords.of(region, image))
            .collect(Collectors.joining("; "));
    Double area = anomaly.getAreaBeyondBorder();
    return "%s: %s%s"
        .formatted(
            anomaly.getChannel(),
            regions,
            area == null ? "" : String.format(Locale.ROOT, "; %.1f %% of the frame", 100 * area));
  }

  private static String smoothed(Anomaly anomaly) {
    Double score = anomaly.getSmoothedScore();
    return score == null
        ? ""
        : String.format(
            Locale.ROOT,
            ", with the records before it %.2f (p %.1e)",
            score,
            anomaly.getSmoothedPValue());
  }

  private String of(Attribution part) {
    Double observed = part.getObserved();
    return String.format(
        Locale.ROOT,
        "%s %s, expected %s ± %s (%.0f %%)",
        bold(ShownText.of(part.getFeature())),
        observed == null ? "missing" : digits(observed),
        digits(part.getExpected()),
        digits(part.getExpectedStandardDeviation()),
        100 * part.getShare());
  }

  /** Four significant digits, plain while it is short. */
  private static String digits(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    boolean isShort = rounded.signum() == 0 || Math.abs(rounded.scale()) <= 6;
    return isShort ? rounded.toPlainString() : String.format(Locale.ROOT, "%.3e", value);
  }

  private String painted(AnomalyKind kind, String text) {
    if (!colour) {
      return text;
    }
    String code =
        switch (kind) {
          case OPENED -> "1;31";
          case WORSENED -> "31";
          default -> "32";
        };
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  private String bold(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }
}
