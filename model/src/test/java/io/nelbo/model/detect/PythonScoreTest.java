package io.nelbo.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.nelbo.model.artifact.LikelihoodSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python of ARTIFACT.md, as it stands there, gives the detector's scores. */
final class PythonScoreTest {
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "golden-scores-1, 1",
    "golden-scores-4, 4",
    "golden-scores-student, 4",
    "golden-scores-second, 4"
  })
  void theDocumentedPythonGivesTheDetectorsScores(String name, int windowLength) throws Exception {
    assumeTrue(
        run("-c", "import numpy").code() == 0, "python3 with numpy is not installed: not compared");
    GoldenScores golden = GoldenScores.of(name, windowLength);

    List<List<Double>> scores = scoresOfPython(golden);

    assertAgree(scores, golden.detected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LikelihoodSpec.STUDENT,
        LikelihoodSpec.LAPLACE,
        LikelihoodSpec.GAUSSIAN,
        LikelihoodSpec.GAUSSIAN_SHARED,
        LikelihoodSpec.GAUSSIAN_FIXED,
        LikelihoodSpec.GAUSSIAN_DECODER
      })
  void andThoseOfModelsWithContextUnderEveryLikelihood(String likelihood) throws Exception {
    assumeTrue(
        run("-c", "import numpy").code() == 0, "python3 with numpy is not installed: not compared");
    ContextModel model = ContextModel.train(likelihood, folder);

    List<List<Double>> scores = scoresOfPython(model.scores());

    assertAgree(scores, model.detected());
  }

  private List<List<Double>> scoresOfPython(GoldenScores windows)
      throws IOException, InterruptedException {
    Path script = folder.resolve("score.py");
    Files.writeString(script, documented() + calls(windows));
    Outcome outcome = run(script.toString());
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return new Gson().fromJson(outcome.output(), new TypeToken<List<List<Double>>>() {}.getType());
  }

  private static void assertAgree(List<List<Double>> scores, List<GoldenScores.Score> detected) {
    assertThat(scores).hasSameSizeAs(detected);
    for (int row = 0; row < scores.size(); row++) {
      assertThat(scores.get(row).get(0))
          .isEqualTo(
              detected.get(row).reconstruction(),
              GoldenScoresTest.close(detected.get(row).reconstruction()));
      assertThat(scores.get(row).get(1))
          .isEqualTo(detected.get(row).kl(), GoldenScoresTest.close(detected.get(row).kl()));
    }
  }

  private record Outcome(int code, String output) {}

  private static String documented() throws IOException {
    Matcher block = PYTHON.matcher(Files.readString(Path.of("ARTIFACT.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String calls(GoldenScores golden) {
    List<String> scores = new ArrayList<>();
    for (GoldenScores.Expected row : golden.rows()) {
      List<String> values = new ArrayList<>();
      for (float value : row.window()) {
        values.add(Float.isNaN(value) ? "np.nan" : Float.toString(value));
      }
      scores.add(
          "list(score('%s', '%s', np.array([%s], np.float32).reshape(%d, -1)))"
              .formatted(
                  golden.folder(), row.series(), String.join(", ", values), golden.windowLength()));
    }
    return "\nprint(json.dumps([%s]))\n".formatted(String.join(",\n", scores));
  }

  private static Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException absent) {
      return new Outcome(-1, String.valueOf(absent.getMessage()));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
