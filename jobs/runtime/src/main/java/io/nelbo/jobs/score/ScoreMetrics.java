package io.nelbo.jobs.score;

import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.serve.LoadListener;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.model.artifact.ArtifactException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The detect operator's numbers; loads are reported by the loader's thread. */
final class ScoreMetrics implements LoadListener {
  private final Map<ScoredRecord.Status, Counter> byStatus =
      new EnumMap<>(ScoredRecord.Status.class);
  private final Map<ArtifactException.Reason, Counter> refusals =
      new EnumMap<>(ArtifactException.Reason.class);
  private final Counter anomalous;
  private final Counter late;
  private final Counter idleFlushes;
  private final Counter overdue;
  private final Counter loads;
  private final Counter movedToCpu;
  private final Counter announced;
  private final Counter announcedLate;
  private volatile double lastLoadSeconds;
  private volatile long modelVersion;
  private volatile long effectiveFromMillis;

  ScoreMetrics(MetricGroup root) {
    MetricGroup group = root.addGroup(MetricNames.GROUP);
    for (ScoredRecord.Status status : ScoredRecord.Status.values()) {
      byStatus.put(
          status,
          status == ScoredRecord.Status.SCORED
              ? group.counter(MetricNames.SCORED)
              : group.addGroup(MetricNames.REASON, status.name()).counter(MetricNames.UNSCORED));
    }
    for (ArtifactException.Reason reason : ArtifactException.Reason.values()) {
      refusals.put(
          reason,
          group
              .addGroup(MetricNames.REASON, reason.name())
              .counter(MetricNames.MODEL_LOAD_FAILURES));
    }
    anomalous = group.counter(MetricNames.ANOMALOUS_RECORDS);
    late = group.counter(MetricNames.LATE);
    idleFlushes = group.counter(MetricNames.IDLE_FLUSHES);
    overdue = group.counter(MetricNames.OVERDUE);
    loads = group.counter(MetricNames.MODEL_LOADS);
    movedToCpu = group.counter(MetricNames.MODELS_MOVED_TO_CPU);
    announced = group.counter(MetricNames.MODELS_ANNOUNCED);
    announcedLate = group.counter(MetricNames.MODELS_ANNOUNCED_LATE);
    group.gauge(MetricNames.MODEL_LOAD_SECONDS, (Gauge<Double>) () -> lastLoadSeconds);
    group.gauge(MetricNames.MODEL_VERSION, (Gauge<Long>) () -> modelVersion);
    group.gauge(MetricNames.MODEL_EFFECTIVE_FROM, (Gauge<Long>) () -> effectiveFromMillis);
  }

  void count(ScoredRecord scored) {
    counter(scored.status()).inc();
    if (scored.isAnomalous()) {
      anomalous.inc();
    }
    if (scored.overdue()) {
      overdue.inc();
    }
  }

  /** Records of that status so far. */
  long counted(ScoredRecord.Status status) {
    return counter(status).getCount();
  }

  /** Records of whichever status so far. */
  long countedAll() {
    return byStatus.values().stream().mapToLong(Counter::getCount).sum();
  }

  /** Records that came late so far. */
  long countedLate() {
    return late.getCount();
  }

  void late() {
    late.inc();
  }

  void announced() {
    announced.inc();
  }

  void announcedLate() {
    announcedLate.inc();
  }

  void idleFlush() {
    idleFlushes.inc();
  }

  @Override
  public void loaded(ModelNotice notice, Duration took) {
    loads.inc();
    lastLoadSeconds = took.toNanos() / 1e9;
    modelVersion = number(notice.version());
    effectiveFromMillis = notice.effectiveFromMillis();
  }

  @Override
  public void refused(ModelNotice notice, ArtifactException.Reason reason) {
    Counter counter = refusals.get(reason);
    if (counter != null) {
      counter.inc();
    }
  }

  @Override
  public void movedToCpu() {
    movedToCpu.inc();
  }

  private Counter counter(ScoredRecord.Status status) {
    Counter counter = byStatus.get(status);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + status);
    }
    return counter;
  }

  /** 42 of {@code v000042}; -1 of any other. */
  private static long number(String version) {
    return version.matches("v\\d{1,18}") ? Long.parseLong(version.substring(1)) : -1;
  }
}
