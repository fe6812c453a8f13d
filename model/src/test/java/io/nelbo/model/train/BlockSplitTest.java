package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlockSplitTest {
  @ParameterizedTest
  @CsvSource({"1, 80", "1, 1000", "1, 20000", "8, 2000", "64, 20000"})
  void blocksShareNoRecordAndKeepAWindowApart(int windowLength, int records) {
    BlockSplit split = new BlockSplit(List.of(segment("a", records)), windowLength);

    Map<Integer, BlockSplit.Role> roleOfRow = new HashMap<>();
    for (BlockSplit.Role role : BlockSplit.Role.values()) {
      Windows windows = split.windows(role);
      for (int window = 0; window < windows.size(); window++) {
        int newest = windows.row(window);
        for (int row = newest - windowLength + 1; row <= newest; row++) {
          assertThat(roleOfRow.merge(row, role, (old, same) -> old)).isEqualTo(role);
        }
      }
    }
    List<Integer> used = new ArrayList<>(roleOfRow.keySet());
    used.sort(Integer::compare);
    for (int i = 1; i < used.size(); i++) {
      if (roleOfRow.get(used.get(i)) != roleOfRow.get(used.get(i - 1))) {
        assertThat(used.get(i) - used.get(i - 1)).isGreaterThan(windowLength);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 80", "1, 1000", "8, 4000", "64, 100000"})
  void sharesAreAboutSeventyTenAndTwenty(int windowLength, int records) {
    BlockSplit split = new BlockSplit(List.of(segment("a", records)), windowLength);

    double fit = split.windows(BlockSplit.Role.FIT).size();
    double stop = split.windows(BlockSplit.Role.STOP).size();
    double calibrate = split.windows(BlockSplit.Role.CALIBRATE).size();

    double all = fit + stop + calibrate;
    assertThat(fit / all).isBetween(0.65, 0.80);
    assertThat(stop / all).isBetween(0.06, 0.12);
    assertThat(calibrate / all).isBetween(0.14, 0.22);
    assertThat(all / records).isGreaterThan(0.7);
  }

  @Test
  void noMoreThanATwentiethOfTheFittedRecordsIsLeftOutTheStrangestFirst() {
    BlockSplit split = new BlockSplit(List.of(segment("a", 900)), 1);
    Windows fit = split.windows(BlockSplit.Role.FIT);
    List<FitExclusion.Row> asked = new ArrayList<>();
    Windows held = split.windows(BlockSplit.Role.CALIBRATE);
    for (int window = 0; window < 50; window++) {
      asked.add(row(held, window)); // stranger, and not fitted to anyway
    }
    for (int window = 0; window < 100; window++) {
      asked.add(row(fit, window));
    }

    FitExclusion capped = split.capped(FitExclusion.of(asked));

    assertThat(capped.strangestFirst()).isEqualTo(asked.subList(50, 50 + 31)); // 5 % of 630
  }

  private static FitExclusion.Row row(Windows windows, int window) {
    return new FitExclusion.Row("a", segment("a", 900).eventTimeMillis()[windows.row(window)]);
  }

  @ParameterizedTest
  @CsvSource({"2, 300", "20, 250", "100, 300", "500, 60"})
  void everySeriesIsFittedAndCalibratedHoweverManyThereAre(int series, int records) {
    List<Segment> segments = new ArrayList<>();
    for (int index = 0; index < series; index++) {
      segments.add(segment("s%03d".formatted(index), records));
    }
    BlockSplit split = new BlockSplit(segments, 1);

    for (BlockSplit.Role role : List.of(BlockSplit.Role.FIT, BlockSplit.Role.CALIBRATE)) {
      Windows windows = split.windows(role);
      Set<Integer> seen = new HashSet<>();
      for (int window = 0; window < windows.size(); window++) {
        seen.add(windows.segment(window));
      }
      assertThat(seen).as("series with rows to %s", role).hasSize(series);
    }
  }

  @Test
  void noWindowReachesAcrossSegments() {
    BlockSplit split = new BlockSplit(List.of(segment("a", 500), segment("b", 500)), 10);

    for (BlockSplit.Role role : BlockSplit.Role.values()) {
      Windows windows = split.windows(role);
      for (int window = 0; window < windows.size(); window++) {
        assertThat(windows.row(window)).isGreaterThanOrEqualTo(9);
      }
    }
  }

  @Test
  void theScalerSeesFitRowsOnly() {
    Segment whole = segment("a", 900);
    BlockSplit split = new BlockSplit(List.of(whole), 1);
    Windows calibrate = split.windows(BlockSplit.Role.CALIBRATE);
    Windows fit = split.windows(BlockSplit.Role.FIT);

    List<Float> seen = new ArrayList<>();
    for (Segment stretch : split.fitSegments(FitExclusion.NONE)) {
      for (float value : stretch.values()) {
        seen.add(value);
      }
    }

    assertThat(seen).hasSize(630);
    for (int window = 0; window < fit.size(); window++) {
      assertThat(seen).contains(whole.values()[fit.row(window)]);
    }
    for (int window = 0; window < calibrate.size(); window++) {
      assertThat(seen).doesNotContain(whole.values()[calibrate.row(window)]);
    }
  }

  @Test
  void theScalerDoesNotSeeWhatIsNotFittedTo() {
    BlockSplit split = new BlockSplit(List.of(segment("a", 900), segment("b", 900)), 1);

    List<FitExclusion.Row> ofA = new ArrayList<>();
    for (long time : segment("a", 900).eventTimeMillis()) {
      ofA.add(new FitExclusion.Row("a", time));
    }

    List<Segment> stretches = split.fitSegments(FitExclusion.of(ofA));

    for (Segment stretch : stretches) {
      for (float value : stretch.values()) {
        assertThat(Float.isNaN(value)).isEqualTo(stretch.series().equals("a"));
      }
    }
  }

  /** One feature whose value is its row. */
  private static Segment segment(String series, int records) {
    long[] times = new long[records];
    float[] values = new float[records];
    for (int row = 0; row < records; row++) {
      times[row] = row;
      values[row] = row;
    }
    return new Segment(series, times, values);
  }
}
