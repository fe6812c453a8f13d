package io.nelbo.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.demo.judge.Decision;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.Inspection;
import io.nelbo.jobs.demo.judge.LineVerdict;
import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.jobs.demo.line.LineScript;
import io.nelbo.jobs.demo.view.LiveView;
import io.nelbo.schemas.ModelEventKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** A short run over a line, through broker and jobs to the report. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class DemoImagesIT {
  private static final int STEPS = 40;

  @TempDir private Path folder;

  @Test
  void badPartsAreFoundAndPointedAtAndTheNewProductIsLearnedByTheNextModel() throws Exception {
    LineScript script =
        new LineScript(new LinePlan(1, Duration.ofMinutes(5), Duration.ofMillis(2_500)));
    StringWriter told = new StringWriter();
    DemoReport report = new DemoReport(folder.resolve("results"), "test");
    DemoRun run =
        new DemoRun(
            LineInput.of(script, STEPS),
            folder.resolve("run"),
            "0",
            new LiveView(new PrintWriter(told), Ansi.OFF, false),
            Duration.ofMillis(100),
            new AtomicBoolean(),
            Optional.of(report));

    DemoSummary summary = run.run();

    assertThat(summary.flow().isBalanced()).isTrue();
    assertThat(summary.decisions())
        .extracting(Decision::kind)
        .containsExactly(
            ModelEventKind.SKIPPED,
            ModelEventKind.ACTIVATED,
            ModelEventKind.SKIPPED,
            ModelEventKind.ACTIVATED);
    Inspection inspection = summary.inspection().orElseThrow();
    LineVerdict verdict = inspection.verdict();
    assertThat(verdict.learning()).isPresent();
    assertThat(verdict.all().planted()).isEqualTo(script.defects().size());
    assertThat(verdict.all().found()).isGreaterThanOrEqualTo(verdict.all().planted() - 2);
    assertThat(verdict.pointingAccuracy()).isGreaterThan(0.7);
    assertThat(verdict.phases().get(1).good().perThousand()).isGreaterThan(500);
    // Seventy frames calibrate: this tells known from unknown, it does not show that a rate is
    // kept.
    assertThat(verdict.good().perThousand()).isLessThan(250);
    assertThat(inspection.imagesPerSecond()).isPositive();
    assertThat(told.toString())
        .contains("planted scratch found")
        .contains("pixels at (")
        .contains("false alarm: new normal")
        .contains("v000002 scores from here on, swapped in live");
    assertThat(Files.readString(report.files().report())).contains("camera-1");
  }
}
