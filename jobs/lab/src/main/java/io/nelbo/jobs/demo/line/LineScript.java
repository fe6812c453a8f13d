package io.nelbo.jobs.demo.line;

import io.nelbo.jobs.demo.feed.FeedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All frames of a run, drawn as they are asked for. The same plan gives the same bytes; there is no
 * clock.
 */
public final class LineScript {
  /** What was seen at one instant by one camera. */
  private record Seen(int tick, int camera) {}

  private final LinePlan plan;
  private final InspectionLine line;
  private final PngBytes png = new PngBytes();
  private final Map<Seen, DefectKind> planted = new HashMap<>();
  private final List<PlantedDefect> defects;

  public LineScript(LinePlan plan) {
    this.plan = plan;
    line = new InspectionLine(plan.seed());
    List<PlantedDefect> list = new ArrayList<>();
    for (DefectPlanner.Place place : new DefectPlanner(plan).plan()) {
      planted.put(new Seen(place.tick(), place.camera()), place.kind());
      PartView.Defect seen = view(place.tick(), place.camera()).defect().orElseThrow();
      list.add(
          new PlantedDefect(
              seen.kind(),
              plan.cameras().get(place.camera()),
              plan.timeOf(place.tick()),
              seen.place()));
    }
    defects = List.copyOf(list);
  }

  public LinePlan plan() {
    return plan;
  }

  /** What was planted, in order of time. */
  public List<PlantedDefect> defects() {
    return defects;
  }

  /** One frame of every camera at a time, as PNG files. */
  public Iterator<List<FeedRecord>> ticks() {
    return IntStream.range(0, plan.ticks()).mapToObj(this::tick).iterator();
  }

  private List<FeedRecord> tick(int tick) {
    Instant time = plan.timeOf(tick);
    List<String> cameras = plan.cameras();
    List<FeedRecord> frames = new ArrayList<>(cameras.size());
    for (int camera = 0; camera < cameras.size(); camera++) {
      byte[] file = png.of(view(tick, camera).pixels(), InspectionLine.SIDE);
      frames.add(new FeedRecord(cameras.get(camera), time, file));
    }
    return frames;
  }

  private PartView view(int tick, int camera) {
    Instant time = plan.timeOf(tick);
    long number = (long) tick * plan.cameras().size() + camera;
    return line.view(
        number,
        plan.isChanged(time),
        plan.light(time),
        Optional.ofNullable(planted.get(new Seen(tick, camera))));
  }

  /** The frame of a camera at an instant, as a PNG file. */
  public FeedRecord frame(String camera, Instant time) {
    return tick(plan.tickAt(time)).get(plan.cameras().indexOf(camera));
  }
}
