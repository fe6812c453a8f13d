package io.nelbo.model.family.vae;

import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A network's architecture, and random records for it: normal values for sensors, grey ones for
 * bits. How fast they are scored or trained on does not depend on what they say.
 */
final class MadeUpWindows {
  private static final int RECORDS = 4096;
  private static final String SERIES = "made-up";

  private final Architecture architecture;
  private final Windows windows;
  private final ScaledSpan span;

  MadeUpWindows(TrainingConfig config, int features) {
    RecordColumns columns =
        new RecordColumns(IntStream.range(0, features).mapToObj(index -> "f" + index).toList());
    WindowShape shape = new WindowShape(config.windowLength(), columns);
    architecture = Architecture.of(config, shape);
    List<Segment> segments = List.of(records(config, features));
    windows = Windows.all(segments, config.windowLength());
    span = new ScaledSpan(segments, Scaler.identity(features, List.of(SERIES)), shape);
  }

  Architecture architecture() {
    return architecture;
  }

  /** Batches of them, with the noise of their draws. */
  BatchSource batches(TrainingConfig config) {
    int drawn =
        config.descent().trainingSamples()
            * config.descent().batchSize()
            * architecture.layout().latent();
    return new BatchSource(
        span, windows, drawn, config.design(), new SplittableRandom(config.seed()));
  }

  /** So many windows one after the other, from the first on again when there are no more. */
  float[] copy(int count) {
    float[] copies = new float[count * span.rowLength()];
    for (int window = 0; window < count; window++) {
      span.copy(windows, window % windows.size(), copies, window * span.rowLength());
    }
    return copies;
  }

  /** Of the network, forward: the encoder sees a window once, the decoder each of its draws. */
  long multiplications(int draws) {
    DenseLayout layout = architecture.layout();
    return layout.shapes().entrySet().stream()
        .filter(parameter -> parameter.getKey().endsWith(".weight"))
        .mapToLong(
            parameter -> parameter.getValue().size() * (isPerDraw(parameter.getKey()) ? draws : 1))
        .sum();
  }

  private static boolean isPerDraw(String parameter) {
    return parameter.startsWith("decoder.")
        && !parameter.startsWith("decoder.context")
        && !parameter.equals(DenseLayout.LINEAR);
  }

  private static Segment records(TrainingConfig config, int features) {
    SplittableRandom random = new SplittableRandom(config.seed());
    long[] times = new long[RECORDS];
    float[] values = new float[RECORDS * features];
    for (int row = 0; row < RECORDS; row++) {
      times[row] = row;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) (config.design().isBernoulli() ? random.nextDouble() : random.nextGaussian());
    }
    return new Segment(SERIES, times, values);
  }
}
