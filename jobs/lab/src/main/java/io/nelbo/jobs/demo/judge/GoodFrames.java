package io.nelbo.jobs.demo.judge;

/**
 * Good parts that were scored over some time.
 *
 * @param frames how many
 * @param alarms of them, those at or over the border
 */
public record GoodFrames(long frames, long alarms) {
  static final GoodFrames NONE = new GoodFrames(0, 0);

  GoodFrames and(GoodFrames other) {
    return new GoodFrames(frames + other.frames, alarms + other.alarms);
  }

  /** False alarms per thousand; zero without a frame. */
  public double perThousand() {
    return frames == 0 ? 0 : 1000.0 * alarms / frames;
  }
}
