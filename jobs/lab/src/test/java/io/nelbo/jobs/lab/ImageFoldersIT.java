package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.testing.Pictures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images from training to a report, as a person asks for it; no broker is there. */
final class ImageFoldersIT {
  private static final int SIDE = 32;
  private static final int LEARNED = 400;
  private static final int JUDGED = 40;
  private static final int PLANTED = 25;

  private record Outcome(int code, String out, String err) {}

  private final SplittableRandom random = new SplittableRandom(3);

  @TempDir private Path folder;

  @Test
  void trainsOnOneFolderAndFindsInAnotherWhatIsDamagedAndWhatIsStrange() throws Exception {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    for (int i = 0; i < LEARNED; i++) {
      write(train.resolve("cam%d/img%d.png".formatted(i % 2, i)), stripes());
    }
    for (int i = 0; i < JUDGED; i++) {
      int[] frame = Pictures.stripes(SIDE, random);
      boolean blotted = i == PLANTED;
      int[] shown = blotted ? Pictures.blotted(frame, SIDE, 8, 12, 7) : frame;
      write(test.resolve("cam1/" + name(i)), Pictures.grey("png", SIDE, SIDE, shown));
    }
    byte[] damaged = stripes();
    write(test.resolve("cam1/" + name(JUDGED)), Arrays.copyOf(damaged, damaged.length / 2));
    write(test.resolve("cam0/" + name(0)), Pictures.grey("png", 64, 64, 9));

    Outcome trained = run("train", "--input", train.toString());
    Outcome replayed =
        run(
            "replay",
            "--input",
            test.toString(),
            "--model",
            "latest",
            "--out",
            folder.resolve("out").toString());

    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("400 records of frames of 32 x 32 x 1 in 2 segments, 2000-01-01T00:00:00Z to")
        .contains("left out: 0 with an anomalous label, 0 that cannot be used\n");
    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(replayed.err())
        .contains("the times of 42 files are those in their names: 2026-12-01T05:00:00Z to ")
        .contains("2 of 42 files cannot be used and are dead letters: UNPARSEABLE 1 (" + test)
        .contains("1 of 42 files are 64 x 64, the configuration says 32 x 32: set image.height");
    assertThat(replayed.out()).contains("refused: 1 UNPARSEABLE, 1 WRONG_FRAME");
    assertThat(replayed.out().lines().filter(line -> line.startsWith("episode ")).findFirst())
        .get()
        .asString()
        .endsWith(name(PLANTED));
    judge(test.resolve("cam1/" + name(PLANTED)).toString());
  }

  /** The strangest is the one that was planted, and every output names its file. */
  private void judge(String planted) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> files = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("out/anomalies.jsonl"))) {
      JsonNode event = mapper.readTree(line);
      files.add(event.at("/image/file").asText());
      assertThat(event.at("/image/width").asInt()).isEqualTo(SIDE);
    }
    assertThat(files).contains(planted);
    List<String> refused = Files.readAllLines(folder.resolve("out/dead-letters.jsonl"));
    assertThat(refused).hasSize(2);
    for (String line : refused) {
      assertThat(Path.of(mapper.readTree(line).at("/file").asText())).exists();
    }
    List<String> scores = scores();
    assertThat(scores.get(0)).endsWith(",file");
    assertThat(scores).hasSize(1 + JUDGED);
    assertThat(scores).filteredOn(row -> row.endsWith(planted)).hasSize(1);
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains(name(PLANTED));
  }

  @Test
  void recalibratesOnAFolderAndSaysWhatToSetWhereNothingFits() throws Exception {
    Path train = folder.resolve("train");
    for (int i = 0; i < LEARNED; i++) {
      write(train.resolve("img%d.png".formatted(i)), stripes());
    }
    Path large = folder.resolve("large");
    write(large.resolve("a.png"), Pictures.grey("png", 64, 48, 9));
    run("train", "--input", train.toString());

    Outcome recalibrated =
        run("recalibrate", "--model", "latest", "--input", train + "/*.png", "--json");
    Outcome nothing = run("train", "--input", large.toString());

    assertThat(recalibrated.code()).as(recalibrated.err()).isZero();
    assertThat(recalibrated.err()).contains("400 normal records from 2000-01-01T00:00:00Z to");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err())
        .contains("there is no normal record; left out: 0 with an anomalous label, 1 that cannot")
        .contains(
            "1 of 1 files are 64 x 48, the configuration says 32 x 32: set image.height: 64 and"
                + " image.width: 48, or image.fit: stretch or crop");
  }

  @Test
  void backtestsOneModelOnAFolder() throws Exception {
    Path camera = folder.resolve("camera");
    for (int i = 0; i < LEARNED + JUDGED; i++) {
      write(camera.resolve(name(i)), stripes());
    }

    Outcome replayed =
        run(
            "replay",
            "--input",
            camera.toString(),
            "--retrain",
            "--train-until",
            "2026-12-01T05:06:40Z",
            "--out",
            folder.resolve("out").toString());

    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(replayed.out()).contains("40 of 1 series, 2026-12-01T05:06:40Z to");
  }

  private List<String> scores() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("out/scores.csv.gz"))),
                StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }

  private static String name(int second) {
    return "20261201T05%02d%02d.png".formatted(second / 60, second % 60);
  }

  private byte[] stripes() {
    return Pictures.grey("png", SIDE, SIDE, Pictures.stripes(SIDE, random));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private Outcome run(String command, String... arguments) throws IOException {
    Path config = folder.resolve("camera.yaml");
    Files.writeString(
        config,
        """
        detector: camera
        image: {height: %1$d, width: %1$d}
        kafka: {bootstrap-servers: "localhost:1"}
        source: {topic: line.camera.records, format: image}
        model: {store: %2$s, device: cpu}
        alert: {false-alarm-rate: 0.01, episode-gap: 10s}
        train: {steps: 80, trim: 0}
        """
            .formatted(SIDE, folder.resolve("store")));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> line = new ArrayList<>(List.of(command, "--config", config.toString()));
    line.addAll(List.of(arguments));
    int code =
        Lab.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }
}
