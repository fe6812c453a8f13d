package io.nelbo.jobs.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.stream.ScoredRecord.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoresFileTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadBackToTheBit() throws IOException {
    Path file = folder.resolve("scores.csv.gz");
    ScoreRow scored =
        new ScoreRow(
            new ScoreRow.Origin(1_700_000_000_123L, " pump \"7\", hall 2 ", 1, 2, 99),
            Status.SCORED,
            new ScoreRow.Judge("v000003", true, false),
            new ScoreRow.Nats(-12.345678901234567, -13.1, 1 / 3.0),
            new ScoreRow.Surprise(Double.MIN_VALUE, 1.0000000000000002, true),
            new ScoreRow.Surprise(1e-300, 1.1, false),
            true);
    ScoreRow unscored =
        new ScoreRow(
            new ScoreRow.Origin(-1, "b", -1, 0, 0),
            Status.NO_MODEL,
            new ScoreRow.Judge("", false, true),
            ScoreRow.Nats.NONE,
            ScoreRow.Surprise.NONE,
            ScoreRow.Surprise.NONE,
            false);

    try (ScoresFile.Writer writer = new ScoresFile.Writer(file)) {
      writer.write(scored);
      writer.write(unscored);
    }

    assertThat(ScoresFile.read(file)).isEqualTo(List.of(scored, unscored));
  }

  @Test
  void anotherCsvFileIsRefusedByName() throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "time,series\n1,a\n");

    assertThatThrownBy(() -> ScoresFile.read(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessage(file + ": no column negative_elbo: this is no scores file");
  }

  @Test
  void aRowThatIsNoneOfOursIsNamedByItsLine() throws IOException {
    Path file = folder.resolve("scores.csv");
    Files.writeString(
        file,
        """
        time,series,negative_elbo,reconstruction,kl,p_value,score,anomaly,label,model,status,cold,overdue,partition,offset
        2026-01-01T00:00:00Z,a,,,,,,0,,,NO_MODEL,false,false,0,0
        2026-01-01T00:00:01Z,a,,,,,,0,,,BORED,false,false,0,1
        """);

    assertThatThrownBy(() -> ScoresFile.read(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageStartingWith(file + " line 3: is no row of a scores file: ")
        .hasMessageContaining("BORED");
  }
}
