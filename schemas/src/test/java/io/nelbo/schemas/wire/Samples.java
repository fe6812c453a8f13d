package io.nelbo.schemas.wire;

import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.Channel;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.ImageEncoding;
import io.nelbo.schemas.ImageRecord;
import io.nelbo.schemas.ImageReference;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelState;
import io.nelbo.schemas.ModelTrigger;
import io.nelbo.schemas.Region;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import io.nelbo.schemas.SensorRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One record of each type, as the golden bytes hold it. */
final class Samples {
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private Samples() {}

  static List<SpecificRecord> all() {
    return List.of(sensorRecord(), imageRecord(), score(), anomaly(), modelEvent(), deadLetter());
  }

  /** What this version of the schema could hold of a record. */
  static SpecificRecord asOf(int version, SpecificRecord record) {
    if (version < 4 && record instanceof Score score) {
      Score.Builder old = Score.newBuilder(score).setExpectedLoss(null);
      if (version < 3) {
        old.setPExtrapolated(false);
      }
      return version < 2 ? old.setSmoothedScore(null).setSmoothedPValue(null).build() : old.build();
    }
    if (version < 5 && record instanceof Anomaly anomaly) {
      return asOf(version, anomaly);
    }
    if (version <= 2 && record instanceof ModelEvent event) {
      return ModelEvent.newBuilder(event)
          .setSchemaVersion(2)
          .setTriggeredBy(ModelTrigger.UNKNOWN)
          .setState(ModelState.UNKNOWN)
          .setProvisional(false)
          .setShadowVersion("")
          .setReasons(List.of())
          .build();
    }
    return record;
  }

  private static Anomaly asOf(int version, Anomaly anomaly) {
    Anomaly.Builder old = Anomaly.newBuilder(anomaly).setSchemaVersion(version).clearExpectedLoss();
    if (version < 4) {
      old.clearChannel()
          .clearChannels()
          .clearImage()
          .clearHeatMap()
          .clearRegions()
          .clearAreaBeyondBorder();
    }
    if (version < 3) {
      old.setPExtrapolated(false);
    }
    return version < 2 ? old.setSmoothedScore(null).setSmoothedPValue(null).build() : old.build();
  }

  static SensorRecord sensorRecord() {
    return SensorRecord.newBuilder()
        .setSeries("pümp-7")
        .setEventTime(TIME)
        .setFeatures(List.of(1.5f, -0.25f, Float.NaN, 3e30f))
        .setLabel(true)
        .build();
  }

  static ImageRecord imageRecord() {
    return ImageRecord.newBuilder()
        .setSeries("camera-1")
        .setEventTime(TIME)
        .setEncoding(ImageEncoding.RAW)
        .setHeight(2)
        .setWidth(3)
        .setChannels(1)
        .setImage(ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, -1}))
        .build();
  }

  static Score score() {
    return Score.newBuilder()
        .setSeries("pump-7")
        .setEventTime(TIME)
        .setSourcePartition(3)
        .setSourceOffset(123_456_789_012L)
        .setStatus(ScoreStatus.SCORED)
        .setScore(1.25)
        .setPValue(1e-4)
        .setNegativeElbo(17.5)
        .setReconstruction(15.25)
        .setKl(2.25)
        .setModelVersion("v000042")
        .setCold(true)
        .setOverdue(false)
        .setLabel(false)
        .setSmoothedScore(1.5)
        .setSmoothedPValue(1e-5)
        .setPExtrapolated(true)
        .setExpectedLoss(21.5)
        .build();
  }

  static Anomaly anomaly() {
    return Anomaly.newBuilder()
        .setId("0f0e0d0c-0b0a-5908-8706-050403020100")
        .setKind(AnomalyKind.OPENED)
        .setDetector("pumps")
        .setSeries("pump-7")
        .setEventTime(TIME)
        .setWindowStart(TIME.minusSeconds(15))
        .setWindowEnd(TIME)
        .setProcessingTime(TIME.plusMillis(250))
        .setSourceTopic("plant.pumps.records")
        .setSourcePartition(3)
        .setSourceOffset(123_456_789_012L)
        .setScore(1.25)
        .setPValue(1e-4)
        .setBorderPValue(1e-3)
        .setNegativeElbo(17.5)
        .setReconstruction(15.25)
        .setKl(2.25)
        .setAttribution(
            List.of(
                new Attribution("vibration", 0.75, 9.5, 3.25, 0.5),
                new Attribution("pressure", 0.25, null, 4.0, 0.125)))
        .setImputedFeatures(List.of("pressure"))
        .setEpisodeId("0f0e0d0c-0b0a-5908-8706-050403020100")
        .setEpisodeStart(TIME)
        .setEpisodeRecords(2)
        .setModelId("pumps")
        .setModelVersion("v000042")
        .setModelSha256("ab".repeat(32))
        .setModelTrainedUntil(TIME.minusSeconds(3600))
        .setCold(false)
        .setOverdue(true)
        .setSchemaVersion(5)
        .setSmoothedScore(1.5)
        .setSmoothedPValue(1e-5)
        .setPExtrapolated(true)
        .setChannel("local")
        .setChannels(List.of(new Channel("coarse", 1.5, 0.25), new Channel("local", 4.5, 1e-4)))
        .setImage(new ImageReference("plant.frames", 3, 123_456_789_012L, "image/jpeg", 640, 480))
        .setHeatMap(ByteBuffer.wrap(new byte[] {(byte) 0x89, 'P', 'N', 'G'}))
        .setRegions(List.of(new Region(10, 20, 30, 40, 25.5, 39.5, 2.25)))
        .setAreaBeyondBorder(0.125)
        .setExpectedLoss(21.5)
        .build();
  }

  static ModelEvent modelEvent() {
    return ModelEvent.newBuilder()
        .setModelId("pumps")
        .setVersion("v000042")
        .setKind(ModelEventKind.ACTIVATED)
        .setUri("file:///models/pumps/v000042")
        .setSha256("cd".repeat(32))
        .setEffectiveFrom(TIME.plusSeconds(60))
        .setSpanStart(TIME.minusSeconds(86_400))
        .setSpanEnd(TIME)
        .setRows(50_000)
        .setCandidateNegativeElbo(12.5)
        .setIncumbentNegativeElbo(null)
        .setReason("first model")
        .setTrigger("first")
        .setDecidedAt(TIME.plusSeconds(30))
        .setSchemaVersion(3)
        .setTriggeredBy(ModelTrigger.FIRST)
        .setState(ModelState.GOVERNING)
        .setRegimeChange(false)
        .setProvisional(true)
        .setShadowVersion("v000042")
        .setReasons(List.of("first model"))
        .build();
  }

  static DeadLetter deadLetter() {
    return DeadLetter.newBuilder()
        .setReason(DeadLetterReason.WRONG_FEATURES)
        .setMessage("found 7 features, expected 8")
        .setSourceTopic("plant.pumps.records")
        .setSourcePartition(3)
        .setSourceOffset(123_456_789_012L)
        .setSourceTimestamp(TIME)
        .build();
  }
}
