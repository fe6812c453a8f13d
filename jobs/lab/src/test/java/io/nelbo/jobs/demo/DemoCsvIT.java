package io.nelbo.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.demo.csv.CsvReplaySource;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.Fates;
import io.nelbo.jobs.demo.view.LiveView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Files of which not all rows can be trained on, through broker and jobs to the end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class DemoCsvIT {
  private static final long NOON = 1_767_614_400;

  @TempDir private Path folder;

  @Test
  void everyRowOfAFileHasAFateAlthoughManyCannotBeTrainedOn() throws Exception {
    String nameless = "n".repeat(300);
    Path file =
        write(
            1_000,
            i ->
                "%d,%s,%s,%d"
                    .formatted(
                        NOON + 60L * (i % 10 == 0 && i > 0 ? i - 1 : i),
                        i % 50 == 7 ? nameless : "pump",
                        i % 7 + 0.1 * (i % 13),
                        i % 20 == 3 ? 1 : 0));

    DemoSummary summary = run(file);

    assertThat(summary.training().orElseThrow().leftOut())
        .containsOnlyKeys("labelled anomalous", "late or repeated", "refused");
    assertThat(summary.decisions()).hasSize(1);
    assertThat(summary.decisions().get(0).rows())
        .isEqualTo(summary.training().orElseThrow().trained());
    Fates fates = summary.flow().fates();
    assertThat(summary.flow().recordsIn()).isEqualTo(1_000).isEqualTo(fates.known());
    assertThat(fates.late()).isEqualTo(99);
    assertThat(fates.deadLettersBy()).isEqualTo(Map.of("no series", 20L));
    assertThat(fates.scored()).isGreaterThan(600);
  }

  @Test
  void aTrainingPartOfOneValueEnds() throws Exception {
    Path file = write(400, i -> "%d,pump,%d,0".formatted(NOON + 60L * i, i < 300 ? 5 : 6));

    DemoSummary summary = run(file);

    assertThat(summary.flow().isBalanced()).isTrue();
    assertThat(summary.flow().fates().scored()).isPositive();
  }

  private DemoSummary run(Path file) throws Exception {
    CsvColumns columns = new CsvColumns("t", "s", "y", Duration.ofMinutes(1));
    DemoInput input =
        CsvInput.of(
            new CsvReplaySource(List.of(file), columns, OptionalInt.empty()).read(), 100, 0, 1);
    LiveView view = new LiveView(new PrintWriter(new StringWriter()), Ansi.OFF, false);
    return new DemoRun(
            input,
            folder.resolve("run"),
            "0",
            view,
            Duration.ofMillis(100),
            new AtomicBoolean(),
            Optional.empty())
        .run();
  }

  private Path write(int rows, IntFunction<String> row) throws IOException {
    String body = IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("plant.csv"), "t,s,a,y\n" + body + "\n");
  }
}
