package io.nelbo.jobs.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.demo.judge.DefectOutcome;
import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.jobs.demo.judge.FramePhase;
import io.nelbo.jobs.demo.judge.GoodFrames;
import io.nelbo.jobs.demo.judge.Inspection;
import io.nelbo.jobs.demo.judge.Learning;
import io.nelbo.jobs.demo.judge.LineJudge;
import io.nelbo.jobs.demo.judge.LineVerdict;
import io.nelbo.jobs.demo.judge.Phase;
import io.nelbo.jobs.demo.line.DefectKind;
import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.jobs.demo.line.PlantedDefect;
import io.nelbo.jobs.testing.Anomalies;
import io.nelbo.jobs.text.RegionWords;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.ImageReference;
import io.nelbo.schemas.Region;
import java.awt.Rectangle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class LineTextTest {
  private static final LinePlan PLAN = new LinePlan(1, Duration.ofHours(1), Duration.ofSeconds(1));
  private static final Instant TIME = PLAN.trained().plusSeconds(60);
  private static final PlantedDefect HOLE =
      new PlantedDefect(DefectKind.MISSING_HOLE, "camera-2", TIME, new Rectangle(40, 6, 9, 9));

  private final StringWriter written = new StringWriter();

  @Test
  void aFoundDefectIsOneLineWithItsPlaceBelow() {
    DefectTeller teller = teller();

    tell(teller, "camera-2", TIME);

    assertThat(written)
        .hasToString(
            """
            05 Jan 07:11:00  ANOMALY   camera-2  score 2.3  planted missing hole found
                             upper right, 11 x 9 pixels at (40, 5)
            """);
  }

  @Test
  void falseAlarmsSayWhetherTheProductIsNew() {
    DefectTeller teller = teller();

    tell(teller, "camera-1", TIME);
    tell(teller, "camera-1", PLAN.change());
    teller.learned();
    tell(teller, "camera-1", PLAN.learned());

    assertThat(written.toString().lines().filter(line -> !line.startsWith(" ")))
        .containsExactly(
            "05 Jan 07:11:00  ANOMALY   camera-1  score 2.3  false alarm",
            "05 Jan 07:18:00  planted   the lamp begins to fade",
            "05 Jan 07:33:00  planted   the lamp, faded to 75 %, is replaced",
            "05 Jan 07:48:00  planted   the line makes another product: a new normal",
            "05 Jan 07:48:00  ANOMALY   camera-1  score 2.3  false alarm: new normal",
            "05 Jan 09:00:00  ANOMALY   camera-1  score 2.3  false alarm");
  }

  @Test
  void aRegionInTheMiddleIsToldSo() {
    assertThat(RegionWords.of(region(32, 32), image()))
        .isEqualTo("in the middle, 11 x 9 pixels at (40, 5)");
    assertThat(RegionWords.of(region(0, 63.9), image())).startsWith("lower left, ");
  }

  @Test
  void theSummaryTellsKindsPhasesAndWhatWasMissed() {
    Phase before = new Phase("before the change", PLAN.begin(), PLAN.change());
    Phase unknown = new Phase("until it is learned", PLAN.change(), PLAN.learned());
    LineVerdict verdict =
        new LineVerdict(
            List.of(
                new DefectOutcome(HOLE, true, true),
                new DefectOutcome(
                    new PlantedDefect(DefectKind.CRACK, "camera-1", TIME, HOLE.place()),
                    false,
                    false)),
            List.of(
                new FramePhase(before, true, new GoodFrames(4_000, 2), 2, 1),
                new FramePhase(unknown, false, new GoodFrames(1_000, 990), 0, 0)),
            new GoodFrames(2_000, 0),
            Optional.of(new Learning("v000002", PLAN.learned(), Duration.ofMinutes(72))));

    List<String> lines =
        new InspectionText(new Inspection(verdict, 5_002, Duration.ofSeconds(10)), Ansi.OFF)
            .lines();

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            planted defect       planted found  pointed at
            missing hole               1     1           1
            crack                      1     0           0
            all                        2     1           1
            pointed at: the heat map's strangest place or its first box's middle lies in it
            missed:
              crack on camera-1 at 05 Jan 07:11:00

                                 good images  false alarms  per 1,000  defects found
            before the change          4,000             2       0.50         1 of 2
            until it is learned        1,000           990     990.00         0 of 0
            known products             4,000             2       0.50
            while the lamp faded, 0 of 2,000 good images alarmed, 0.00 per 1,000
            the new product was learned by v000002, 72 minutes after the change\
            """);
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  private DefectTeller teller() {
    LiveView view = new LiveView(new PrintWriter(written), Ansi.OFF, false);
    return new DefectTeller(view, PLAN, new LineJudge(PLAN, List.of(HOLE)));
  }

  private static void tell(DefectTeller teller, String camera, Instant time) {
    Anomaly anomaly =
        Anomaly.newBuilder(Anomalies.anomaly("e", AnomalyKind.OPENED, time))
            .setSeries(camera)
            .setImage(image())
            .setRegions(List.of(region(45, 10)))
            .build();
    teller.anomaly(anomaly, new DetectedEpisode(camera, time, time, List.of()));
  }

  private static ImageReference image() {
    return ImageReference.newBuilder()
        .setTopic("frames")
        .setPartition(0)
        .setOffset(0)
        .setWidth(64)
        .setHeight(64)
        .build();
  }

  private static Region region(double x, double y) {
    return Region.newBuilder()
        .setX(40)
        .setY(5)
        .setWidth(11)
        .setHeight(9)
        .setCentreX(x)
        .setCentreY(y)
        .setPeak(3)
        .build();
  }
}
