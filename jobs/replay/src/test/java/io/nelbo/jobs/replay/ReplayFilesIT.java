package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.models.ModelChoice;
import io.nelbo.jobs.replay.file.RecordFiles;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay of files says is a function of the files, not of how it is run. */
final class ReplayFilesIT {
  private static final int RECORDS = 700;

  @TempDir private Path folder;

  @Test
  void subtasksAndBatchesDoNotChangeWhatIsSaidOfSeriesOneAfterTheOther() throws Exception {
    Path file = folder.resolve("series.csv");
    Files.write(file, lines());
    TestModels.publish(folder.resolve("store"), 4, 1);

    ReplayResult plain = replay(file, 1, 256);
    ReplayResult parallel = replay(file, 2, 7);

    assertThat(plain.rows()).hasSize(2 * RECORDS);
    assertThat(plain.episodes()).isNotEmpty();
    assertThat(sorted(parallel.rows())).isEqualTo(sorted(plain.rows()));
    assertThat(parallel.episodes()).hasSameElementsAs(plain.episodes());
  }

  private ReplayResult replay(Path file, int parallelism, int batch) throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            window: {length: 4}
            batch: {size: %d}
            source: {topic: files.records, fields: {series: series, time: time}}
            model: {id: test, store: %s, device: cpu}
            alert: {false-alarm-rate: 0.02, episode-gap: 10s, smooth: 3}
            job: {parallelism: %d}
            """
                .formatted(batch, folder.resolve("store"), parallelism));
    ReplayRange all = ReplayRange.between(Optional.empty(), Optional.empty());
    ReplayPlan plan =
        new ReplayPlan(
            config,
            RecordFiles.of(List.of(file.toString()), CsvColumns.none(), config, all),
            all,
            new ReplayPlan.Models.Known(
                List.of(new ModelChoice(config, List::of).pinned("latest"))),
            folder.resolve("out-" + parallelism),
            false);
    return new ReplayRun(plan, Clock.systemUTC(), "test").run(new SilentListener());
  }

  private static List<ScoreRow> sorted(List<ScoreRow> rows) {
    return rows.stream().sorted(Comparator.comparingLong(row -> row.origin().offset())).toList();
  }

  private static List<String> lines() {
    CorrelatedSensors sensors = new CorrelatedSensors(11);
    List<String> lines = new ArrayList<>(List.of("series,time,a,b,c"));
    for (String series : List.of("s0", "s1")) {
      for (int i = 0; i < RECORDS; i++) {
        float[] record = i % 100 == 50 ? sensors.broken() : sensors.normal();
        lines.add(
            "%s,%d,%s,%s,%s"
                .formatted(
                    series, RecordStream.START + 1_000L * i, record[0], record[1], record[2]));
      }
    }
    return lines;
  }
}
