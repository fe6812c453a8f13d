package io.nelbo.jobs.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.demo.line.DefectKind;
import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.jobs.demo.line.PlantedDefect;
import io.nelbo.jobs.testing.Anomalies;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.Region;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.awt.Rectangle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LineJudgeTest {
  private static final LinePlan PLAN = new LinePlan(1, Duration.ofHours(1), Duration.ofSeconds(1));
  private static final Instant EARLY = PLAN.trained().plusSeconds(60);
  private static final Instant LATE = PLAN.end().minusSeconds(60);
  private static final PlantedDefect BLOT =
      new PlantedDefect(DefectKind.BLOT, "camera-1", EARLY, new Rectangle(20, 30, 10, 4));
  private static final PlantedDefect CRACK =
      new PlantedDefect(DefectKind.CRACK, "camera-2", LATE, new Rectangle(5, 5, 8, 8));

  private final LineJudge judge = new LineJudge(PLAN, List.of(BLOT, CRACK));

  @Test
  void aDefectIsFoundByAnEventOfItsOwnFrameAlone() {
    judge.add(scored("camera-1", EARLY, 7));
    judge.add(scored("camera-2", LATE, 7));

    judge.add(event("camera-1", EARLY, AnomalyKind.WORSENED, region(22, 31)));
    judge.add(event("camera-2", LATE.plusSeconds(1), AnomalyKind.OPENED, region(7, 7)));
    judge.add(event("camera-2", LATE, AnomalyKind.CLOSED, region(7, 7)));

    assertThat(judge.verdict(List.of()).outcomes())
        .containsExactly(
            new DefectOutcome(BLOT, true, true), new DefectOutcome(CRACK, false, false));
  }

  @Test
  void aHitLiesInTheDefectOrWithinAPixelOfIt() {
    assertThat(isHit(region(19.0, 29.0))).isTrue();
    assertThat(isHit(region(31.0, 35.0))).isTrue();
    assertThat(isHit(region(18.9, 31))).isFalse();
    assertThat(isHit(region(22, 35.1))).isFalse();
  }

  @Test
  void theMiddleOfTheFirstBoxIsAsGoodAsTheStrangestPlace() {
    Region box = Region.newBuilder(region(2, 2)).setX(21).setY(28).setWidth(8).setHeight(6).build();

    assertThat(isHit(box)).isTrue();
    assertThat(isHit(region(2, 2), box)).as("of the second box").isFalse();
    assertThat(isHit()).as("without a box").isFalse();
  }

  private static boolean isHit(Region... regions) {
    LineJudge judge = new LineJudge(PLAN, List.of(BLOT));
    judge.add(scored("camera-1", EARLY, 7));
    judge.add(event("camera-1", EARLY, AnomalyKind.OPENED, regions));
    return judge.verdict(List.of()).outcomes().get(0).pointed();
  }

  @Test
  void aGoodFrameOverTheBorderIsAFalseAlarmUnlessItsProductIsUnknown() {
    judge.add(scored("camera-1", PLAN.fading(), 1.0));
    judge.add(scored("camera-2", PLAN.fading(), 0.99));
    judge.add(scored("camera-1", PLAN.change(), 9));
    judge.add(scored("camera-1", PLAN.learned().plusSeconds(10), 9));
    judge.add(unscored(PLAN.begin()));

    LineVerdict verdict = judge.verdict(List.of(learned(PLAN.learned().plusSeconds(10))));

    assertThat(verdict.phases())
        .extracting(FramePhase::good)
        .containsExactly(new GoodFrames(2, 1), new GoodFrames(1, 1), new GoodFrames(1, 1));
    assertThat(verdict.fading()).isEqualTo(new GoodFrames(2, 1));
    assertThat(verdict.good()).isEqualTo(new GoodFrames(3, 2));
    assertThat(verdict.good().perThousand()).isCloseTo(666.7, within(0.1));
  }

  @Test
  void whatIsNotLearnedIsUnknownToTheEnd() {
    judge.add(scored("camera-1", PLAN.end().minusSeconds(1), 9));

    LineVerdict verdict = judge.verdict(List.of());

    assertThat(verdict.learning()).isEmpty();
    assertThat(verdict.phases()).hasSize(2);
    assertThat(verdict.good()).isEqualTo(GoodFrames.NONE);
  }

  @Test
  void aDefectThatNoModelHasSeenIsNotJudged() {
    judge.add(unscored(EARLY));

    assertThat(judge.verdict(List.of()).outcomes()).isEmpty();
  }

  @Test
  void theFiguresAreInTheSummarysJson() throws Exception {
    judge.add(scored("camera-1", EARLY, 7));
    judge.add(event("camera-1", EARLY, AnomalyKind.OPENED, region(22, 31)));
    judge.add(scored("camera-3", EARLY, 0.5));
    DemoSummary summary =
        new DemoSummary(
            new DemoSummary.Flow(
                2, new Fates(2, Map.of(), 0, Map.of(), 0), Duration.ofSeconds(1), true),
            Optional.empty(),
            List.of(),
            new DemoSummary.Detection(0, new Verdict(List.of(), List.of()), 1, Ranking.NONE),
            Optional.empty(),
            Optional.of(new Inspection(judge.verdict(List.of()), 2, Duration.ofMillis(500))),
            1);

    JsonNode json = new ObjectMapper().readTree(summary.json());

    assertThat(json.get("defects_planted").asInt()).isEqualTo(1);
    assertThat(json.get("defects_found").asInt()).isEqualTo(1);
    assertThat(json.get("pointing_accuracy").asDouble()).isEqualTo(1);
    assertThat(json.get("false_alarms_per_1000_images").asDouble()).isZero();
    assertThat(json.get("images_per_second").asDouble()).isEqualTo(4);
    assertThat(json.at("/kinds/blot/pointed_at").asInt()).isEqualTo(1);
    assertThat(json.has("faults_planted")).isFalse();
  }

  private static Decision learned(Instant from) {
    return new Decision(
        PLAN.learned(),
        ModelEventKind.ACTIVATED,
        "v000002",
        "v000001",
        10_000,
        Optional.of(from),
        new Decision.Why(List.of(), true),
        Map.of());
  }

  private static Region region(double x, double y) {
    return Region.newBuilder()
        .setX(0)
        .setY(0)
        .setWidth(2)
        .setHeight(2)
        .setCentreX(x)
        .setCentreY(y)
        .setPeak(3)
        .build();
  }

  private static Anomaly event(String camera, Instant time, AnomalyKind kind, Region... regions) {
    return Anomaly.newBuilder(Anomalies.anomaly("e", kind, time))
        .setSeries(camera)
        .setRegions(List.of(regions))
        .build();
  }

  private static Score scored(String camera, Instant time, double score) {
    return Score.newBuilder()
        .setSeries(camera)
        .setEventTime(time)
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setStatus(ScoreStatus.SCORED)
        .setScore(score)
        .setModelVersion("v000001")
        .build();
  }

  private static Score unscored(Instant time) {
    return Score.newBuilder(scored("camera-1", time, 0))
        .setStatus(ScoreStatus.NO_MODEL)
        .setScore(null)
        .setModelVersion(null)
        .build();
  }
}
