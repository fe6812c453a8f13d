package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumeUnderSurfaceTest {

  /** Expected values from a literal transcription of the definition to numpy, row by row. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.7406798612972393, 0.2964008531157306",
    "1, 0.7406798612972393, 0.2964008531157306",
    "20, 0.8060213157939351, 0.33452825081065407",
    "50, 0.8550220093426252, 0.39559194116266744"
  })
  void agreesWithASlowTranscriptionOfTheDefinition(int maxBuffer, double roc, double pr) {
    List<RowRange> events =
        List.of(
            new RowRange(100, 119),
            new RowRange(300, 300),
            new RowRange(330, 350),
            new RowRange(1190, 1199));

    VolumeUnderSurface volume = volume(1200, events, maxBuffer);

    assertThat(volume.roc()).isCloseTo(roc, within(1e-10));
    assertThat(volume.pr()).isCloseTo(pr, within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.7396078431372549, 0.49479901720519504",
    "20, 0.8480201320609346, 0.6079543631841823",
    "50, 0.9098162916389358, 0.7277726108658616"
  })
  void agreesOnSeriesWithFewerRowsThanThresholds(int maxBuffer, double roc, double pr) {
    List<RowRange> events = List.of(new RowRange(0, 4), new RowRange(50, 59));

    VolumeUnderSurface volume = volume(100, events, maxBuffer);

    assertThat(volume.roc()).isCloseTo(roc, within(1e-10));
    assertThat(volume.pr()).isCloseTo(pr, within(1e-10));
  }

  @Test
  void anAlarmJustBesideAnEventIsWorthSomethingOnlyWithABuffer() {
    boolean[] anomalous = new boolean[1000];
    anomalous[500] = true;
    double[] scores = new double[1000];
    scores[503] = 1;

    double strict = VolumeUnderSurface.of(scores, anomalous, 0).orElseThrow().pr();
    double forgiving = VolumeUnderSurface.of(scores, anomalous, 20).orElseThrow().pr();

    assertThat(strict).isLessThan(0.01);
    assertThat(forgiving).isGreaterThan(0.3);
  }

  @Test
  void aPerfectRankingHasFullVolumesWithoutABuffer() {
    boolean[] anomalous = new boolean[500];
    double[] scores = new double[500];
    for (int row = 100; row < 150; row++) {
      anomalous[row] = true;
      scores[row] = 1;
    }

    VolumeUnderSurface volume = VolumeUnderSurface.of(scores, anomalous, 0).orElseThrow();

    assertThat(volume.roc()).isCloseTo(1, within(1e-12));
    assertThat(volume.pr()).isCloseTo(1, within(1e-12));
  }

  @Test
  void equalLabelsHaveNoVolume() {
    assertThat(VolumeUnderSurface.of(new double[5], new boolean[5], 3)).isEmpty();
    assertThat(VolumeUnderSurface.of(new double[1], new boolean[] {true}, 3)).isEmpty();
    assertThatThrownBy(
            () ->
                VolumeUnderSurface.of(new double[] {1, Double.NaN}, new boolean[] {true, false}, 0))
        .hasMessage("scores must be numbers, got NaN");
  }

  private static VolumeUnderSurface volume(int rows, List<RowRange> events, int maxBuffer) {
    boolean[] anomalous = new boolean[rows];
    events.forEach(event -> Arrays.fill(anomalous, event.first(), event.last() + 1, true));
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = ((row * 7919 + 13) % 1009) / 1009.0 + (anomalous[row] ? 0.3 : 0);
    }
    return VolumeUnderSurface.of(scores, anomalous, maxBuffer).orElseThrow();
  }
}
