package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.result.ScoresFile;
import io.nelbo.jobs.stream.ScoredRecord.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CompareCommandTest {
  private record Outcome(int code, String out, String err) {}

  @TempDir private Path folder;

  @Test
  void twoReplaysAreSetSideBySide() throws IOException {
    Path first = replay("a", 0.5, 0.75);
    Path second = replay("b", 1.5, 0.5);
    Path page = folder.resolve("page.html");

    Outcome outcome = run(first.toString(), second.toString(), "--out", page.toString());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("A  " + first, "B  " + second, "wrote " + page)
        .contains("asked_false_alarm_rate: A 0.001, B (none)")
        .containsPattern("metrics\\.auroc +0\\.75 +0\\.5 +-0\\.25")
        .contains("A and B have 3 records in common; 0 only in A, 0 only in B.")
        .contains("both alarm on 0, only A on 0, only B on 3.");
    assertThat(page).content().contains("Episodes only in A").doesNotContain("{{");
  }

  @Test
  void theSameReplayTwiceIsEqual() throws IOException {
    Path first = replay("a", 0.5, 0.75);

    Outcome outcome =
        run(first.toString(), first.toString(), "--out", folder.resolve("c.html").toString());

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Their scores are equal.");
  }

  @Test
  void programsGetJson() throws IOException {
    Path first = replay("a", 0.5, 0.75);
    Path second = replay("b", 1.5, 0.5);

    Outcome outcome =
        run(
            first.toString(),
            second.toString(),
            "--json",
            "--out",
            folder.resolve("c.html").toString());

    JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertThat(json.at("/figures/metrics.auroc/difference").asDouble()).isEqualTo(-0.25);
    assertThat(json.at("/agreement/only_b_alarms").asInt()).isEqualTo(3);
    assertThat(json.at("/common_records").asInt()).isEqualTo(3);
  }

  @Test
  void aFileThatIsNoPageIsNotOverwritten() throws IOException {
    Path data = folder.resolve("data.csv");
    Files.writeString(data, "a,b\n1,2\n");

    Outcome outcome =
        run(
            replay("a", 0.5, 0.75).toString(),
            replay("b", 0.5, 0.75).toString(),
            "--out",
            data.toString());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "nelbo: " + data + " exists and is no page of a comparison: choose another --out\n");
    assertThat(data).hasContent("a,b\n1,2\n");
  }

  @Test
  void aFolderThatIsNoReplayIsRefusedByTheFileItLacks() throws IOException {
    Path first = replay("a", 0.5, 0.75);
    Path other = Files.createDirectory(folder.resolve("other"));
    Path missing = folder.resolve("missing");
    Path page = folder.resolve("page.html");

    Outcome noReplay = run(first.toString(), other.toString(), "--out", page.toString());
    Outcome noFolder = run(missing.toString(), first.toString(), "--out", page.toString());

    assertThat(noReplay.code()).isEqualTo(1);
    assertThat(noReplay.err())
        .isEqualTo(
            "nelbo: "
                + other
                + " holds no scores.csv.gz: name the --out folder of a replay that has finished, or"
                + " run it again\n");
    assertThat(noFolder.code()).isEqualTo(1);
    assertThat(noFolder.err())
        .isEqualTo("nelbo: " + missing + " is no folder: name the --out folder of a replay\n");
    assertThat(page).doesNotExist();
  }

  @Test
  void oneFolderAloneIsBadUsage() {
    Outcome outcome = run("only-one");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Missing required parameter: 'DIR_B'");
  }

  private Path replay(String name, double score, double auroc) throws IOException {
    Path replay = Files.createDirectory(folder.resolve(name));
    try (ScoresFile.Writer scores = new ScoresFile.Writer(replay.resolve("scores.csv.gz"))) {
      for (int i = 0; i < 3; i++) {
        scores.write(
            new ScoreRow(
                new ScoreRow.Origin(i, "pump", -1, 0, i),
                Status.SCORED,
                new ScoreRow.Judge("v000001", false, false),
                new ScoreRow.Nats(1, 1, 0),
                new ScoreRow.Surprise(0.5, score + i / 10.0, false),
                ScoreRow.Surprise.NONE,
                score >= 1));
      }
    }
    Files.writeString(replay.resolve("anomalies.jsonl"), "");
    Files.writeString(
        replay.resolve("metrics.json"),
        "{%s\"records\":3,\"metrics\":{\"auroc\":%s}}"
            .formatted(score < 1 ? "\"asked_false_alarm_rate\":0.001," : "", auroc));
    return replay;
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands =
        Lab.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "compare";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int code = commands.execute(all);
    return new Outcome(code, out.toString(), err.toString());
  }
}
