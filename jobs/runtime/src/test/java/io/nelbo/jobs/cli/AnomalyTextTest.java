package io.nelbo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.json.Json;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.ImageReference;
import io.nelbo.schemas.Region;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnomalyTextTest {
  private static final Instant ONSET = Instant.parse("2026-01-01T10:00:00Z");

  @Test
  void tellsWhenWhichHowStrangeAndWhatIsToBlame() {
    Anomaly anomaly =
        anomaly("pump-7")
            .setAttribution(
                List.of(
                    new Attribution("flow", 0.71, 3.14159, 5.2, 0.4),
                    new Attribution("pressure", 0.2, null, 12000.0, 0.0001)))
            .build();

    String text = new AnomalyText(false).of(anomaly);

    assertThat(text)
        .isEqualTo(
            "2026-01-01T10:00:00Z  OPENED    pump-7  score 1.80 (p 2.0e-05)  flow 3.142, expected"
                + " 5.2 ± 0.4 (71 %); pressure missing, expected 12000 ± 0.0001 (20 %)  [episode"
                + " 01234567 since 2026-01-01T10:00:00Z, 1 record, v000042]");
  }

  @Test
  void tellsTheSmoothedScoreToo() {
    Anomaly anomaly = anomaly("pump-7").setSmoothedScore(1.25).setSmoothedPValue(3e-4).build();

    assertThat(new AnomalyText(false).of(anomaly))
        .contains("score 1.80 (p 2.0e-05), with the records before it 1.25 (p 3.0e-04)  ");
  }

  @Test
  void ofAFrameItTellsTheChannelThatSpokeAndWhere() {
    Anomaly anomaly =
        anomaly("camera-1")
            .setChannel("local")
            .setImage(
                ImageReference.newBuilder()
                    .setTopic("line")
                    .setPartition(0)
                    .setOffset(7)
                    .setWidth(64)
                    .setHeight(48)
                    .build())
            .setRegions(List.of(region(10, 8, 12, 5, 15, 10), region(30, 20, 4, 4, 32, 22)))
            .setAreaBeyondBorder(0.0061)
            .build();

    assertThat(new AnomalyText(false).of(anomaly))
        .contains(
            "  local: upper left, 12 x 5 pixels at (10, 8); in the middle, 4 x 4 pixels at (30,"
                + " 20); 0.6 % of the frame  [");
  }

  private static Region region(int x, int y, int width, int height, double across, double down) {
    return Region.newBuilder()
        .setX(x)
        .setY(y)
        .setWidth(width)
        .setHeight(height)
        .setCentreX(across)
        .setCentreY(down)
        .setPeak(3)
        .build();
  }

  @Test
  void letsNoControlCharacterReachTheTerminal() {
    Anomaly anomaly = anomaly("pump\u001b[2J\u009b1m\u202e").build();

    String text = new AnomalyText(false).of(anomaly);

    assertThat(text).contains("pump?[2J?1m?").doesNotContain("\u001b");
  }

  @Test
  void paintsOnlyWhenAsked() {
    Anomaly anomaly = anomaly("pump-7").build();

    assertThat(new AnomalyText(true).of(anomaly)).contains("\u001b[1;31mOPENED");
  }

  @Test
  void writesJsonWithTheFieldsOfTheSchema() {
    String line = Json.line(Json.tree(anomaly("pump-7").build()));

    assertThat(line)
        .contains(
            "\"kind\":\"OPENED\"",
            "\"series\":\"pump-7\"",
            "\"event_time\":\"2026-01-01T10:00:00Z\"",
            "\"p_value\":2.0E-5");
  }

  private static Anomaly.Builder anomaly(String series) {
    return Anomaly.newBuilder()
        .setId("0123456789")
        .setKind(AnomalyKind.OPENED)
        .setDetector("pump")
        .setSeries(series)
        .setEventTime(ONSET)
        .setWindowStart(ONSET)
        .setWindowEnd(ONSET)
        .setProcessingTime(ONSET)
        .setSourceTopic("plant.pumps.records")
        .setSourcePartition(0)
        .setSourceOffset(7)
        .setScore(1.8)
        .setPValue(2e-5)
        .setBorderPValue(1e-3)
        .setNegativeElbo(40)
        .setReconstruction(35)
        .setKl(5)
        .setEpisodeId("0123456789")
        .setEpisodeStart(ONSET)
        .setModelId("pump")
        .setModelVersion("v000042");
  }
}
