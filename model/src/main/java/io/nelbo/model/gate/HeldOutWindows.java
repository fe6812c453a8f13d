package io.nelbo.model.gate;

import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Windows of held-out rows in order of series and time, raw. */
final class HeldOutWindows {
  private record Place(Segment segment, int row) {}

  private final RecordShape record;
  private final int windowLength;
  private final int columns;
  private final int features;
  private final List<Place> places;
  private final double keptShare;

  /**
   * All windows of the span, thinned evenly to at most so many.
   *
   * @param most windows
   */
  HeldOutWindows(TrainingSpan span, int windowLength, int most) {
    this.windowLength = windowLength;
    record = span.shape();
    columns = span.shape().columnCount();
    features = span.shape().featureCount();
    List<Place> all = new ArrayList<>();
    span.segments().stream()
        .sorted(
            Comparator.comparing(Segment::series)
                .thenComparing(segment -> segment.eventTimeMillis()[0]))
        .forEach(
            segment -> {
              for (int row = windowLength - 1; row < segment.records(); row++) {
                all.add(new Place(segment, row));
              }
            });
    places = thinned(all, most);
    keptShare = all.isEmpty() ? 1 : (double) places.size() / all.size();
  }

  private static List<Place> thinned(List<Place> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<Place> kept = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      kept.add(all.get((int) ((long) i * all.size() / most)));
    }
    return kept;
  }

  int size() {
    return places.size();
  }

  /** Share of the span's windows that was kept. */
  double keptShare() {
    return keptShare;
  }

  RecordShape record() {
    return record;
  }

  int windowLength() {
    return windowLength;
  }

  /** Values per record: the features, then the context. */
  int columns() {
    return columns;
  }

  int features() {
    return features;
  }

  int rowLength() {
    return windowLength * columns;
  }

  String series(int window) {
    return places.get(window).segment().series();
  }

  /** Raw value of the window's newest record. */
  float newest(int window, int column) {
    Place place = places.get(window);
    return place.segment().values()[place.row() * columns + column];
  }

  void copy(int window, float[] target, int offset) {
    Place place = places.get(window);
    int from = (place.row() + 1 - windowLength) * columns;
    System.arraycopy(place.segment().values(), from, target, offset, rowLength());
  }

  /** The windows {@code from} to {@code to}, exclusive, as a batch. */
  WindowBatch batch(int from, int to) {
    WindowBatch batch = new WindowBatch(to - from, windowLength, columns);
    for (int window = from; window < to; window++) {
      copy(window, batch.values(), batch.add(series(window)));
    }
    return batch;
  }
}
