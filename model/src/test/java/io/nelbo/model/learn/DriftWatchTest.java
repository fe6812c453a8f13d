package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DriftWatchTest {
  private static final long PIECE = 1_000;

  private final DriftWatch watch = new DriftWatch(new Slides(8 * PIECE, 2), DriftState.from(0));
  private long end;

  @Test
  void aStationaryStreamIsNoDriftInTenThousandPieces() {
    Random random = new Random(3);
    int said = 0;
    for (int piece = 0; piece < 10_000; piece++) {
      int rare = 0;
      for (int row = 0; row < 100; row++) {
        rare += random.nextDouble() < 0.1 ? 1 : 0;
      }
      said += next(rare / 100.0) ? 1 : 0;
    }

    assertThat(said).isLessThanOrEqualTo(1);
  }

  @Test
  void aShareThatStaysHighIsDrift() {
    next(0.1);

    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isTrue();
  }

  @Test
  void oneStrangePieceIsNone() {
    for (int piece = 0; piece < 50; piece++) {
      assertThat(next(piece == 20 ? 1 : 0.05)).isFalse();
    }
  }

  @Test
  void afterItHasSpokenItRestsForASlide() {
    while (!next(0.5)) {
      assertThat(end).isLessThan(100 * PIECE);
    }
    long spoken = end;

    while (!next(0.5)) {
      assertThat(end).isLessThan(100 * PIECE);
    }

    assertThat(end - spoken).isBetween(9 * PIECE, 13 * PIECE);
  }

  @Test
  void anotherModelStartsTheTestAnew() {
    next(0.4);
    next(0.4);
    watch.startAnew();

    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isTrue();
  }

  @Test
  void aPieceIsDueOnceAndWhenItIsOver() {
    assertThat(watch.due(PIECE - 2)).isEqualTo(Long.MIN_VALUE);
    assertThat(watch.due(PIECE - 1)).isEqualTo(PIECE);

    watch.watched(PIECE, OptionalDouble.empty());

    assertThat(watch.due(PIECE + 5)).isEqualTo(Long.MIN_VALUE);
    assertThat(watch.due(4 * PIECE)).isEqualTo(4 * PIECE);
  }

  @Test
  void itGoesOnAfterARestartWhereItStood() {
    next(0.4);
    next(0.4);
    next(0.4);

    DriftWatch restored = new DriftWatch(new Slides(8 * PIECE, 2), watch.state());

    assertThat(restored.due(end)).isEqualTo(Long.MIN_VALUE);
    assertThat(restored.watched(end + PIECE, OptionalDouble.of(0.4))).isTrue();
    assertThat(restored.watched(end + 2 * PIECE, OptionalDouble.of(1))).as("at rest").isFalse();
  }

  @Test
  void aLookThatARestartCutsOffIsDueAgainBeforeNewerOnes() {
    watch.lookingAt(PIECE);

    DriftWatch restored = new DriftWatch(new Slides(8 * PIECE, 2), watch.state());

    assertThat(restored.due(5 * PIECE)).isEqualTo(PIECE);
    restored.watched(PIECE, OptionalDouble.of(0.1));
    assertThat(restored.due(5 * PIECE)).isEqualTo(5 * PIECE);
  }

  private boolean next(double share) {
    end += PIECE;
    return watch.watched(end, OptionalDouble.of(share));
  }
}
