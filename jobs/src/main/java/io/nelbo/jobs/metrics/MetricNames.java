package io.nelbo.jobs.metrics;

/** Names of the metrics, each with its meaning and unit. Groups become Prometheus labels. */
public final class MetricNames {
  /** Group of all of them. */
  public static final String GROUP = "nelbo";

  /** Label: a reason code. */
  public static final String REASON = "reason";

  /** Counter: records that arrived, well-formed or not. */
  public static final String RECORDS_IN = "recordsReceived";

  /** Counter by reason: records that became dead letters. */
  public static final String DEAD_LETTERED = "recordsDeadLettered";

  /** Counter: offsets that retention deleted from the source topic before they were read. */
  public static final String RECORDS_LOST_TO_RETENTION = "recordsLostToRetention";

  /** Counter: records with a score. */
  public static final String SCORED = "recordsScored";

  /** Counter by reason: records that passed without a score. */
  public static final String UNSCORED = "recordsUnscored";

  /** Counter: records after a later one of their series had been released. */
  public static final String LATE = "recordsLate";

  /** Counter: series whose waiting records were released because no successor came. */
  public static final String IDLE_FLUSHES = "orderIdleFlushes";

  /** Counter: records at or over the border. */
  public static final String ANOMALOUS_RECORDS = "recordsAnomalous";

  /** Counter: records that the incumbent scored because their model had not loaded in time. */
  public static final String OVERDUE = "recordsOverdue";

  /** Counter: models loaded. */
  public static final String MODEL_LOADS = "modelLoads";

  /** Counter: models that left the GPU for the CPU because its memory did not suffice. */
  public static final String MODELS_MOVED_TO_CPU = "modelsMovedToCpu";

  /** Counter: activations that came while the job ran. */
  public static final String MODELS_ANNOUNCED = "modelsAnnounced";

  /** Counter: activations that came when records they govern had been scored already. */
  public static final String MODELS_ANNOUNCED_LATE = "modelsAnnouncedLate";

  /** Counter by reason: models refused. */
  public static final String MODEL_LOAD_FAILURES = "modelLoadFailures";

  /** Gauge: seconds that the last load took. */
  public static final String MODEL_LOAD_SECONDS = "modelLoadSeconds";

  /** Gauge: number of the last model loaded. */
  public static final String MODEL_VERSION = "modelVersion";

  /** Gauge: event time from which the last model loaded governs, epoch milliseconds. */
  public static final String MODEL_EFFECTIVE_FROM = "modelEffectiveFrom";

  /** Counter: episodes opened. */
  public static final String EPISODES_OPENED = "episodesOpened";

  /** Gauge: rows waiting to be trained on. */
  public static final String TRAINING_ROWS = "trainingRows";

  /** Gauge: rows needed before training starts. */
  public static final String TRAINING_ROWS_NEEDED = "trainingRowsNeeded";

  /** Counter: records that came too late for the sample that is trained on. */
  public static final String TRAINING_RECORDS_LATE = "trainingRecordsLate";

  /** Counter: trainings that produced a model. */
  public static final String TRAININGS = "trainings";

  /** Counter: trainings that failed. */
  public static final String TRAINING_FAILURES = "trainingFailures";

  /** Counter: candidates that the gate refused. */
  public static final String CANDIDATES_REJECTED = "candidatesRejected";

  private MetricNames() {}
}
