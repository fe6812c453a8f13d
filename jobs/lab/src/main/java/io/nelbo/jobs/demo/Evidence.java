package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.FeedClock;
import io.nelbo.jobs.demo.judge.DemoJudge;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.Inspection;
import io.nelbo.jobs.demo.judge.LineJudge;
import io.nelbo.jobs.demo.judge.Tally;
import io.nelbo.jobs.demo.judge.Verdict;
import io.nelbo.jobs.demo.line.LineScript;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run has told so far, beside the tally, and the summary of it. One thread only. */
final class Evidence {
  private final Tally tally;
  private final Optional<LineJudge> judge;
  private final BusyTime scoring;

  /**
   * @param line whose frames are judged one by one; empty where records are none
   */
  Evidence(Tally tally, Optional<LineScript> line, FeedClock clock) {
    this.tally = tally;
    judge = line.map(script -> new LineJudge(script.plan(), script.defects()));
    scoring = new BusyTime(clock);
  }

  Optional<LineJudge> judge() {
    return judge;
  }

  void add(List<Score> scores) {
    judge.ifPresent(line -> scores.forEach(line::add));
  }

  void add(Anomaly anomaly) {
    judge.ifPresent(line -> line.add(anomaly));
  }

  /**
   * Looks whether there is something to score: what was fed and has no fate yet, once there is a
   * model.
   *
   * @param fed records so far
   */
  void look(long fed) {
    scoring.look(fed > tally.accounted() && !tally.modelVersions().isEmpty());
  }

  /**
   * @param fedUntil event time of the last record fed
   */
  DemoSummary summary(
      DemoInput input,
      DemoSummary.Flow flow,
      Optional<FirstModelRun> firstModel,
      Instant fedUntil) {
    Verdict verdict = DemoJudge.judge(input.script().faults(), tally.episodes(), fedUntil);
    double days =
        tally
            .firstEffective()
            .filter(fedUntil::isAfter)
            .map(from -> Duration.between(from, fedUntil).toMillis() / 86_400_000.0)
            .orElse(0.0);
    return new DemoSummary(
        flow,
        input.training(),
        tally.decisions(),
        new DemoSummary.Detection(
            days * input.series().count(), verdict, tally.episodes().size(), tally.ranking()),
        firstModel.map(other -> other.comparison(input, tally, fedUntil)),
        judge.map(
            line -> new Inspection(line.verdict(tally.decisions()), tally.scored(), scoring.sum())),
        input.config().training().seed());
  }
}
