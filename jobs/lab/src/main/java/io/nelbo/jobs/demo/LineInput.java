package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.jobs.demo.line.LineScript;
import io.nelbo.jobs.demo.view.LiveView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns a simulated inspection line into the input of a run. */
public final class LineInput {
  private static final double FALSE_ALARM_RATE = 5e-4;
  private static final Duration EPISODE_GAP = Duration.ofSeconds(10);
  private static final Duration ACTIVATION_DELAY = Duration.ofSeconds(10);
  private static final Duration MAX_GAP = Duration.ofMinutes(5);
  private static final Duration FORGET_AFTER = Duration.ofHours(2);
  private static final Duration LONG = Duration.ofDays(1);

  private LineInput() {}

  /**
   * @param steps gradient steps of each training at most
   */
  public static DemoInput of(LineScript script, int steps) {
    LinePlan plan = script.plan();
    int rows = plan.frames(plan.begin(), plan.trained());
    int cameras = plan.cameras().size();
    DemoConfig config =
        new DemoConfig(
            DemoStream.ofLine(),
            new DemoConfig.Training(
                rows, cameras * (int) plan.slide().dividedBy(plan.interval()), steps, plan.seed()),
            new DemoConfig.Gaps(MAX_GAP, FORGET_AFTER),
            new DemoConfig.Retraining(plan.slide(), plan.slide(), ACTIVATION_DELAY),
            new DemoConfig.Alerting(FALSE_ALARM_RATE, EPISODE_GAP),
            1);
    return new DemoInput(
        config,
        new DemoInput.Feed(script.ticks(), Double.POSITIVE_INFINITY, LONG),
        new DemoInput.Series(
            cameras, (double) Duration.ofDays(1).toMillis() / plan.interval().toMillis()),
        plan.borders(),
        Optional.empty(),
        DemoInput.Script.of(script),
        notes(script, rows));
  }

  private static List<String> notes(LineScript script, int rows) {
    LinePlan plan = script.plan();
    return List.of(
        "%d cameras over a line, %s images a minute each, %,d in all; the first %,d train"
            .formatted(
                plan.cameras().size(),
                LiveView.digits(60_000.0 / plan.interval().toMillis()),
                plan.frames(plan.begin(), plan.end()),
                rows),
        "Lamps fade; %d parts are bad; in the middle the line makes another product"
            .formatted(script.defects().size()));
  }
}
