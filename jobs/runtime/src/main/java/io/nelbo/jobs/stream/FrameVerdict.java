package io.nelbo.jobs.stream;

/**
 * What is wrong with a frame, and where: flat, so that Flink serialises it without Kryo.
 *
 * @param strangest the channel that spoke: p-values that underflow do not tell
 * @param channels names of the ways of looking at it
 * @param statistics what each measured
 * @param pValues share of normal frames that look at least as strange to each
 * @param places where it is strange
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record FrameVerdict(
    String strangest, String[] channels, double[] statistics, double[] pValues, Places places) {
  /**
   * Where a frame is strange, in its own pixels.
   *
   * @param heatMap a grey PNG
   * @param boxes left, top, width and height of each region, one after the other
   * @param peaks across, down and strangeness in units of the border, of each region
   * @param areaBeyondBorder share of the area, in [0, 1]
   * @param width of the frame
   * @param height of the frame
   */
  public record Places(
      byte[] heatMap,
      int[] boxes,
      double[] peaks,
      double areaBeyondBorder,
      int width,
      int height) {}
}
