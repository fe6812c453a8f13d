package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.plant.PlantedFault;
import io.nelbo.jobs.text.RegionWords;
import io.nelbo.jobs.text.ShownText;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.ImageReference;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * What the viewer sees: lines that stay, and on a terminal one status line below them that is
 * rewritten in place; elsewhere none. One thread only.
 */
public final class LiveView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String INDENT = " ".repeat(17);
  private static final String MODEL_INDENT = " ".repeat(27);
  private static final int WIDTH = 79;

  private final PrintWriter out;
  private final Ansi ansi;
  private final boolean inPlace;
  private String status = "";

  /**
   * @param inPlace whether the status line may be rewritten; else there is none
   */
  public LiveView(PrintWriter out, Ansi ansi, boolean inPlace) {
    this.out = out;
    this.ansi = ansi;
    this.inPlace = inPlace;
  }

  /** A line that stays. */
  public void line(String text) {
    erase();
    out.println(text);
    show();
  }

  /** The line at the bottom. */
  public void status(String text) {
    if (inPlace) {
      erase();
      status = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
      show();
    }
  }

  /** From here on there is no status line. */
  public void end() {
    erase();
    status = "";
    out.flush();
  }

  private void erase() {
    if (!status.isEmpty()) {
      out.print("\r\u001b[2K");
    }
  }

  private void show() {
    if (!status.isEmpty()) {
      out.print(ansi.string("@|faint " + escaped(status) + "|@"));
    }
    out.flush();
  }

  void faultBegins(PlantedFault fault) {
    line(
        painted("yellow", "%s  planted   %s  %s begins", fault.start(), fault)
            + "\n"
            + INDENT
            + String.join(", ", fault.sensors()));
  }

  void faultEnds(PlantedFault fault) {
    line(painted("yellow", "%s  planted   %s  %s is over", fault.end(), fault));
  }

  void regimeChanges(Instant time) {
    happens(time, "all pumps get another product: a new normal");
  }

  void happens(Instant time, String words) {
    line(ansi.string("@|bold,yellow %s  planted   %s|@".formatted(TIME.format(time), words)));
  }

  /** What the jobs do with models; long sentences take several lines. */
  public void model(Instant time, String sentence) {
    List<String> lines =
        Wrapped.lines(escaped(ShownText.whole(sentence)), WIDTH - MODEL_INDENT.length());
    String text = String.join("\n" + MODEL_INDENT, lines);
    line(ansi.string("@|cyan %s  model     %s|@".formatted(TIME.format(time), text)));
  }

  private String painted(String colour, String format, Instant time, PlantedFault fault) {
    String text = format.formatted(TIME.format(time), fault.series(), fault.kind().words());
    return ansi.string("@|%s %s|@".formatted(colour, text));
  }

  /**
   * Who is to blame, what was seen and what was expected. Closing events are not told.
   *
   * @param remark what the viewer cannot know, in picocli's markup; may be empty
   */
  public void anomaly(Anomaly anomaly, String remark) {
    if (anomaly.getKind() == AnomalyKind.CLOSED) {
      return;
    }
    boolean opened = anomaly.getKind() == AnomalyKind.OPENED;
    String series = printable(anomaly.getSeries());
    String time = TIME.format(anomaly.getEventTime());
    List<Attribution> blamed = anomaly.getAttribution();
    String worst = blamed.isEmpty() ? "" : printable(blamed.get(0).getFeature());
    String score = "%.1f".formatted(anomaly.getScore());
    String explanation = blamed.isEmpty() ? place(anomaly) : blame(blamed.get(0));
    line(
        ansi.string(
            opened
                ? "%s  @|bold,red ANOMALY|@   @|bold %s|@  score %s%s%s"
                    .formatted(
                        time,
                        series,
                        score,
                        remark.isEmpty() ? "" : "  " + remark,
                        explanation.isEmpty() ? "" : "\n" + INDENT + explanation)
                : "@|faint %s  worse     %s  score %s  %s|@"
                    .formatted(time, series, score, worst)));
  }

  private static String place(Anomaly anomaly) {
    ImageReference image = anomaly.getImage();
    return image == null || anomaly.getRegions().isEmpty()
        ? ""
        : RegionWords.of(anomaly.getRegions().get(0), image);
  }

  private static String blame(Attribution worst) {
    Double observed = worst.getObserved();
    return "%s: saw %s, expected %s ± %s"
        .formatted(
            printable(worst.getFeature()),
            observed == null ? "nothing" : digits(observed),
            digits(worst.getExpected()),
            digits(worst.getExpectedStandardDeviation()));
  }

  /** Four significant digits. */
  public static String digits(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** Names come from other people's data: nothing in them reaches the terminal as a command. */
  private static String printable(String name) {
    return escaped(ShownText.of(name));
  }

  private static String escaped(String text) {
    return text.replace("@|", "@ |").replace("|@", "| @");
  }
}
