package io.nelbo.jobs.score;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.AnomalyEvent.Kind;
import io.nelbo.jobs.stream.Scored;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the anomalies of a series into episodes: opened by the first, worsened by a clearly
 * stranger one, closed after an event-time gap without any. State is touched for anomalies only.
 */
final class AlertOnAnomalies extends KeyedProcessFunction<String, Scored, AnomalyEvent> {
  private static final long serialVersionUID = 1;

  /** An episode is said to worsen when its score has grown by this factor since the last event. */
  static final double WORSE = 1.5;

  private final String detector;
  private final String topic;
  private final long gapMillis;

  private transient EventIds ids;
  private transient ValueState<Episode> episodes;
  private transient Counter opened;

  AlertOnAnomalies(NelboConfig config) {
    detector = config.detector();
    topic = config.source().topic();
    gapMillis = config.alert().episodeGap().toMillis();
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
  public void processElement(Scored scored, Context context, Collector<AnomalyEvent> events)
      throws Exception {
    if (!scored.isAnomalous()) {
      return;
    }
    Episode episode = episodes.value();
    if (episode != null && scored.eventTimeMillis() - episode.lastMillis > gapMillis) {
      close(episode, context, events);
      episode = null;
    }
    if (episode == null) {
      episode = open(scored, context);
      events.collect(event(Kind.OPENED, scored, episode));
    } else {
      add(scored, episode, events);
    }
    episodes.update(episode);
  }

  private Episode open(Scored scored, Context context) {
    opened.inc();
    Episode episode = new Episode();
    episode.id = ids.of(Kind.OPENED, scored.partition(), scored.offset());
    episode.startMillis = scored.eventTimeMillis();
    episode.lastMillis = scored.eventTimeMillis();
    episode.records = 1;
    episode.worst = scored;
    episode.publishedScore = scored.score();
    episode.timerMillis = episode.lastMillis + gapMillis + 1;
    context.timerService().registerEventTimeTimer(episode.timerMillis);
    return episode;
  }

  private void add(Scored scored, Episode episode, Collector<AnomalyEvent> events) {
    episode.records++;
    episode.lastMillis = scored.eventTimeMillis();
    if (scored.score() > episode.worst.score()) {
      episode.worst = scored;
    }
    if (scored.score() >= WORSE * episode.publishedScore) {
      episode.publishedScore = scored.score();
      events.collect(event(Kind.WORSENED, scored, episode));
    }
  }

  private void close(Episode episode, Context context, Collector<AnomalyEvent> events) {
    context.timerService().deleteEventTimeTimer(episode.timerMillis);
    events.collect(event(Kind.CLOSED, episode.worst, episode));
    episodes.clear();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AnomalyEvent> events)
      throws Exception {
    Episode episode = episodes.value();
    if (episode == null || episode.timerMillis != timestamp) {
      return;
    }
    if (timestamp > episode.lastMillis + gapMillis) {
      close(episode, context, events);
      return;
    }
    episode.timerMillis = episode.lastMillis + gapMillis + 1;
    context.timerService().registerEventTimeTimer(episode.timerMillis);
    episodes.update(episode);
  }

  private AnomalyEvent event(Kind kind, Scored scored, Episode episode) {
    String id =
        kind == Kind.OPENED ? episode.id : ids.of(kind, scored.partition(), scored.offset());
    return new AnomalyEvent(id, kind, scored, episode.id, episode.startMillis, episode.records);
  }
}
