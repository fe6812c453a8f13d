package io.nelbo.jobs.stream;

import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.Channel;
import io.nelbo.schemas.ImageReference;
import io.nelbo.schemas.Region;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What an anomaly event says of a frame. */
final class PublishedFrame {
  private PublishedFrame() {}

  static void add(
      FrameVerdict frame, ScoredRecord scored, String sourceTopic, Anomaly.Builder anomaly) {
    FrameVerdict.Places places = frame.places();
    List<Channel> channels = new ArrayList<>();
    for (int channel = 0; channel < frame.channels().length; channel++) {
      channels.add(
          Channel.newBuilder()
              .setName(frame.channels()[channel])
              .setStatistic(frame.statistics()[channel])
              .setPValue(frame.pValues()[channel])
              .build());
    }
    List<Region> regions = new ArrayList<>();
    for (int region = 0; region < places.boxes().length / 4; region++) {
      regions.add(
          Region.newBuilder()
              .setX(places.boxes()[4 * region])
              .setY(places.boxes()[4 * region + 1])
              .setWidth(places.boxes()[4 * region + 2])
              .setHeight(places.boxes()[4 * region + 3])
              .setCentreX(places.peaks()[3 * region])
              .setCentreY(places.peaks()[3 * region + 1])
              .setPeak(places.peaks()[3 * region + 2])
              .build());
    }
    anomaly
        .setChannel(frame.strangest())
        .setChannels(channels)
        .setRegions(regions)
        .setHeatMap(ByteBuffer.wrap(places.heatMap()))
        .setAreaBeyondBorder(places.areaBeyondBorder())
        .setImage(
            ImageReference.newBuilder()
                .setTopic(sourceTopic)
                .setPartition(scored.partition())
                .setOffset(scored.offset())
                .setWidth(places.width())
                .setHeight(places.height())
                .build());
  }
}
