package io.nelbo.jobs.demo.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.demo.feed.FeedRecord;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineScriptTest {
  private static final LinePlan PLAN =
      new LinePlan(3, Duration.ofMinutes(30), Duration.ofSeconds(2));

  /** That the demo's episodes end after. */
  private static final Duration GAP = Duration.ofSeconds(10);

  private final LineScript script = new LineScript(PLAN);

  @Test
  void everyCameraSeesOneFrameAtEachInstantInOrderOfTime() {
    List<FeedRecord> first = script.ticks().next();

    assertThat(first).extracting(FeedRecord::series).isEqualTo(PLAN.cameras());
    assertThat(first).extracting(FeedRecord::time).containsOnly(PLAN.begin());
    assertThat(PLAN.frames(PLAN.begin(), PLAN.end())).isEqualTo(PLAN.ticks() * 3);
  }

  @Test
  void framesArePngFilesThatThePlanDecidesToTheByte() throws Exception {
    Iterator<List<FeedRecord>> again = new LineScript(PLAN).ticks();

    FeedRecord frame = script.ticks().next().get(1);

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(frame.value()));
    assertThat(image.getWidth()).isEqualTo(InspectionLine.SIDE);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(frame.value()).isEqualTo(again.next().get(1).value());
  }

  @Test
  void everyKindIsPlantedAsOftenUnderEitherModelAndNowhereElse() {
    Map<Boolean, Map<DefectKind, Long>> counts =
        script.defects().stream()
            .collect(
                Collectors.partitioningBy(
                    defect -> PLAN.isChanged(defect.time()),
                    Collectors.groupingBy(PlantedDefect::kind, Collectors.counting())));

    for (Map<DefectKind, Long> product : counts.values()) {
      assertThat(product).containsOnlyKeys(DefectKind.values());
      assertThat(product.values()).containsOnly(3L);
    }
    assertThat(script.defects())
        .allMatch(
            defect ->
                isWithin(defect.time(), PLAN.trained(), PLAN.change())
                    || isWithin(defect.time(), PLAN.learned(), PLAN.end()));
  }

  @Test
  void defectsOfOneCameraAreFarEnoughApartToOpenAnEpisodeEach() {
    Map<String, List<Instant>> times =
        script.defects().stream()
            .collect(
                Collectors.groupingBy(
                    PlantedDefect::camera,
                    Collectors.mapping(PlantedDefect::time, Collectors.toList())));

    for (List<Instant> own : times.values()) {
      for (int i = 1; i < own.size(); i++) {
        assertThat(Duration.between(own.get(i - 1), own.get(i))).isGreaterThan(GAP);
      }
    }
  }

  @Test
  void aDefectsFrameDiffersFromTheGoodOneAtItsPlaceAlone() throws Exception {
    InspectionLine line = new InspectionLine(PLAN.seed());
    PlantedDefect defect =
        script.defects().stream()
            .filter(one -> one.kind() == DefectKind.BLOT && !PLAN.isChanged(one.time()))
            .findFirst()
            .orElseThrow();
    int tick = PLAN.tickAt(defect.time());
    long number = tick * 3L + PLAN.cameras().indexOf(defect.camera());
    byte[] good = line.view(number, false, PLAN.light(defect.time()), Optional.empty()).pixels();

    byte[] seen = pixels(script.frame(defect.camera(), defect.time()).value());

    for (int i = 0; i < seen.length; i++) {
      int x = i % InspectionLine.SIDE;
      int y = i / InspectionLine.SIDE;
      if (!defect.place().contains(x, y)) {
        assertThat(seen[i] & 0xff).isCloseTo(good[i] & 0xff, within(12));
      }
    }
    assertThat(Arrays.equals(seen, good)).isFalse();
  }

  @Test
  void theLampFadesSlowlyAndIsReplaced() {
    assertThat(PLAN.light(PLAN.fading().minusSeconds(1))).isEqualTo(1);
    assertThat(PLAN.light(PLAN.fading().plus(halfOf(PLAN))))
        .isCloseTo((1 + PLAN.leastLight()) / 2, within(1e-9));
    assertThat(PLAN.light(PLAN.replaced().minusMillis(1)))
        .isCloseTo(PLAN.leastLight(), within(1e-3));
    assertThat(PLAN.light(PLAN.replaced())).isEqualTo(1);
  }

  private static Duration halfOf(LinePlan plan) {
    return Duration.between(plan.fading(), plan.replaced()).dividedBy(2);
  }

  @Test
  void onlyTheFirstSlideHasTooFewFramesForAModel() {
    int needed = PLAN.frames(PLAN.begin(), PLAN.trained());
    List<Instant> borders = PLAN.borders();

    assertThat(borders).isSorted();
    assertThat(PLAN.frames(PLAN.begin(), borders.get(0))).isLessThan(needed);
    assertThat(PLAN.frames(borders.get(0), borders.get(2))).isGreaterThanOrEqualTo(needed);
    assertThat(PLAN.frames(borders.get(2), borders.get(3))).isGreaterThanOrEqualTo(needed);
  }

  @Test
  void anIntervalThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new LinePlan(1, Duration.ofMinutes(10), Duration.ofSeconds(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "interval (PT3S) must fit at least twice and evenly into a sixtieth of slide (PT10M),"
                + " and slide into an hour");
  }

  @Test
  void examplesLieInAFolderForEachCamera(@TempDir Path folder) throws Exception {
    int count = new ExampleFrames(script).write(folder);

    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertThat(written).hasSize(count).hasSize(3 * 4 + 2 * DefectKind.values().length);
      assertThat(PLAN.cameras())
          .allMatch(
              camera -> written.stream().anyMatch(file -> file.startsWith(folder.resolve(camera))));
    }
    assertThat(folder.resolve("camera-1/20260105T060600Z-good.png")).isNotEmptyFile();
  }

  private static boolean isWithin(Instant time, Instant from, Instant until) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  private static byte[] pixels(byte[] file) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
