package io.nelbo.jobs.score;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.AnomalyEvent.Anomaly;
import io.nelbo.jobs.stream.AnomalyEvent.Kind;
import io.nelbo.jobs.stream.AnomalyEvent.SoFar;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.jobs.stream.ScoredRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Joins the anomalies of a series into episodes: opened by the first, worsened by a clearly
 * stranger one, closed after an event-time gap without any. State is touched for anomalies only.
 *
 * <p>Whether an anomaly opens an episode is decided by the event times of its own series alone. The
 * watermark, which other series move, only closes: a series that lags behind it continues its
 * closed episode, which may then be closed again.
 */
final class AlertOnAnomalies extends KeyedProcessFunction<String, ScoredRecord, AnomalyEvent> {
  private static final long serialVersionUID = 1;

  /** An episode is said to worsen when its score has grown by this factor since the last event. */
  static final double WORSE = 1.5;

  private static final long NO_TIMER = Long.MIN_VALUE;

  private final String detector;
  private final String topic;
  private final long gapMillis;
  private final long forgetAfterMillis;

  private transient EventIds ids;
  private transient ValueState<Episode> episodes;
  private transient Counter opened;

  AlertOnAnomalies(NelboConfig config) {
    detector = config.detector();
    topic = config.source().topic();
    gapMillis = config.alert().episodeGap().toMillis();
    forgetAfterMillis = config.series().forgetAfter().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    ids = new EventIds(detector, topic);
    episodes = getRuntimeContext().getState(new ValueStateDescriptor<>("episode", Episode.class));
    opened =
        getRuntimeContext()
            .getMetricGroup()
            .addGroup(MetricNames.GROUP)
            .counter(MetricNames.EPISODES_OPENED);
  }

  @Override
  public void processElement(ScoredRecord scored, Context context, Collector<AnomalyEvent> events)
      throws Exception {
    if (!scored.isAnomalous()) {
      return;
    }
    Episode episode = episodes.value();
    boolean continues =
        episode != null && scored.eventTimeMillis() - episode.lastMillis <= gapMillis;
    if (episode != null && !continues && !episode.closed) {
      events.collect(closing(episode));
    }
    if (episode == null || !continues) {
      episode = begin(scored, episode);
      events.collect(event(Kind.OPENED, scored, episode));
    } else {
      add(scored, episode, events);
    }
    episode.lastMillis = scored.eventTimeMillis();
    episode.lastPartition = scored.partition();
    episode.lastOffset = scored.offset();
    episode.silentSinceMillis =
        Math.max(scored.eventTimeMillis(), context.timerService().currentWatermark());
    if (episode.closed) {
      episode.closed = false;
      // The pending timer would forget it, too late to close it.
      context.timerService().deleteEventTimeTimer(episode.timerMillis);
      episode.timerMillis = NO_TIMER;
    }
    if (episode.timerMillis == NO_TIMER) {
      schedule(episode, gapMillis, context);
    }
    episodes.update(episode);
  }

  /** The pending timer of the episode before, if any, serves this one: it looks and waits on. */
  private Episode begin(ScoredRecord scored, @Nullable Episode before) {
    opened.inc();
    Episode episode = new Episode();
    episode.id = ids.of(Kind.OPENED, scored.partition(), scored.offset());
    episode.startMillis = scored.eventTimeMillis();
    episode.records = 1;
    episode.worst = Scored.of(scored);
    episode.publishedScore = scored.alertScore();
    episode.timerMillis = before == null ? NO_TIMER : before.timerMillis;
    episode.closed = before != null && before.closed;
    return episode;
  }

  private void add(ScoredRecord scored, Episode episode, Collector<AnomalyEvent> events) {
    episode.records++;
    if (scored.alertScore() > episode.worst.record().alertScore()) {
      episode.worst = Scored.of(scored);
    }
    if (scored.alertScore() >= WORSE * episode.publishedScore) {
      episode.publishedScore = scored.alertScore();
      events.collect(event(Kind.WORSENED, scored, episode));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AnomalyEvent> events)
      throws Exception {
    Episode episode = episodes.value();
    if (episode == null || episode.timerMillis != timestamp) {
      return;
    }
    if (episode.closed) {
      episodes.clear();
      return;
    }
    if (timestamp - episode.silentSinceMillis > gapMillis) {
      events.collect(closing(episode));
      episode.closed = true;
      schedule(episode, Math.max(gapMillis + 1, forgetAfterMillis), context);
    } else {
      schedule(episode, gapMillis, context);
    }
    episodes.update(episode);
  }

  /** Sets the one timer to fire when the series has been silent for longer than this. */
  private static void schedule(Episode episode, long silenceMillis, Context context) {
    episode.timerMillis = episode.silentSinceMillis + silenceMillis + 1;
    context.timerService().registerEventTimeTimer(episode.timerMillis);
  }

  private AnomalyEvent closing(Episode episode) {
    // The worst may stay the same when an episode is closed again, the last may not.
    String id = ids.of(Kind.CLOSED, episode.lastPartition, episode.lastOffset);
    Place last = new Place(episode.lastPartition, episode.lastOffset);
    return new AnomalyEvent(
        id,
        Kind.CLOSED,
        episode.worst.record(),
        soFar(episode),
        new Anomaly(episode.lastMillis, last));
  }

  private AnomalyEvent event(Kind kind, ScoredRecord scored, Episode episode) {
    String id = ids.of(kind, scored.partition(), scored.offset());
    return new AnomalyEvent(
        id, kind, scored, soFar(episode), new Anomaly(scored.eventTimeMillis(), scored.place()));
  }

  private static SoFar soFar(Episode episode) {
    return new SoFar(episode.id, episode.startMillis, episode.records);
  }
}
