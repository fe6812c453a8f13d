package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.objective.SoftCut;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RidgePathTest {
  private static final int RECORDS = 1500;

  @Test
  void findsTheAutoregressionThatMadeTheRecords() {
    SplittableRandom random = new SplittableRandom(4);
    float[] values = new float[2 * RECORDS];
    for (int row = 2; row < RECORDS; row++) {
      int at = 2 * row;
      values[at] = (float) (0.9 * values[at - 2] - 0.3 * values[at - 4] + random.nextGaussian());
      values[at + 1] = (float) (0.5 * values[at - 2] + random.nextGaussian());
    }
    long[] times = new long[RECORDS];
    Segment segment = new Segment("one", times, values);
    WindowShape shape = new WindowShape(3, new RecordColumns(List.of("a", "b")));
    ScaledSpan span = new ScaledSpan(List.of(segment), Scaler.identity(2, List.of("one")), shape);
    DenseLayout layout =
        new DenseLayout(
            3,
            2,
            0,
            List.of(4),
            2,
            HiddenActivation.RELU,
            DeviationSource.PER_FEATURE,
            OlderRecords.CONTINUED);

    float[] path = RidgePath.of(span, Windows.all(List.of(segment), 3), layout, new SoftCut(10));

    // Columns are the record before the last, then the last one, a before b.
    float[] expected = {-0.3f, 0, 0.9f, 0, 0, 0, 0.5f, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat(path[i]).as("weight %s", i).isCloseTo(expected[i], within(0.08f));
    }
  }
}
