package io.nelbo.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScoreWriterTest {
  private final SingleObject<Score> generated = SingleObject.of(Score.class);
  private final ScoreWriter writer = new ScoreWriter();

  @Test
  void writesScoresAsTheGeneratedEncodingDoes() {
    long seed = System.nanoTime();
    System.out.println("writesScoresAsTheGeneratedEncodingDoes: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      int label = random.nextInt(3) - 1;
      Score score = randomScore(random, label);

      byte[] bytes =
          writer
              .record(
                  score.getSeries(),
                  score.getEventTime().toEpochMilli(),
                  score.getSourcePartition(),
                  score.getSourceOffset(),
                  label)
              .surprise(score.getScore(), score.getPValue(), score.getPExtrapolated())
              .smoothed(orNaN(score.getSmoothedScore()), orNaN(score.getSmoothedPValue()))
              .nats(score.getNegativeElbo(), score.getReconstruction(), score.getKl())
              .expectedLoss(orNaN(score.getExpectedLoss()))
              .scored(score.getModelVersion(), score.getCold(), score.getOverdue());

      assertThat(bytes).isEqualTo(generated.encode(score));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SCORED")
  void writesWhyThereIsNoScore(ScoreStatus status) throws WireFormatException {
    writer
        .record("other", 1, 1, 1, 1)
        .smoothed(2, 0.5)
        .expectedLoss(3)
        .scored("v000001", true, true);

    byte[] bytes = writer.record("pump", 5, 3, 77, 0).unscored(status, true);

    assertThat(generated.decode(bytes))
        .isEqualTo(
            Score.newBuilder()
                .setSeries("pump")
                .setEventTime(Instant.ofEpochMilli(5))
                .setSourcePartition(3)
                .setSourceOffset(77)
                .setStatus(status)
                .setOverdue(true)
                .setLabel(false)
                .build());
  }

  @Test
  void aRecordWithoutAScoreIsNotScored() {
    assertThatThrownBy(() -> writer.record("pump", 5, 3, 77, 0).unscored(ScoreStatus.SCORED, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status of a record without a score must not be SCORED");
  }

  @Test
  void aLabelIsOneOfThree() {
    assertThatThrownBy(
            () -> writer.record("pump", 5, 3, 77, 2).unscored(ScoreStatus.NO_MODEL, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label must be -1, 0 or 1, got 2");
  }

  private static Score randomScore(Random random, int label) {
    return Score.newBuilder()
        .setSeries("pümp-" + random.nextInt())
        .setEventTime(Instant.ofEpochMilli(random.nextLong()))
        .setSourcePartition(random.nextInt(1000))
        .setSourceOffset(random.nextLong())
        .setStatus(ScoreStatus.SCORED)
        .setScore(random.nextGaussian())
        .setPValue(random.nextDouble())
        .setNegativeElbo(random.nextGaussian())
        .setReconstruction(random.nextGaussian())
        .setKl(random.nextDouble())
        .setModelVersion("v" + random.nextInt(1_000_000))
        .setCold(random.nextBoolean())
        .setOverdue(random.nextBoolean())
        .setLabel(label < 0 ? null : (Boolean) (label == 1))
        .setSmoothedScore(random.nextBoolean() ? (Double) random.nextGaussian() : null)
        .setSmoothedPValue(random.nextBoolean() ? (Double) random.nextDouble() : null)
        .setPExtrapolated(random.nextBoolean())
        .build();
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
