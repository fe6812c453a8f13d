package io.nelbo.model.detect;

import io.nelbo.model.detect.FrameExplanation.Region;
import io.nelbo.model.record.Frames;
import io.nelbo.model.score.HeatMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds boxes around the strangest places of a map. Pure. */
final class Regions {
  private static final int MOST = 3;

  /** What belongs to a place: neighbours of at least this share of its peak. */
  private static final double OF_PEAK = 0.5;

  private static final int NOBODY = -1;

  private final HeatMap map;
  private final Frames frames;

  /** The peak of the region that each place belongs to. */
  private final int[] owner;

  private Regions(HeatMap map, Frames frames) {
    this.map = map;
    this.frames = frames;
    owner = new int[map.values().length];
    Arrays.fill(owner, NOBODY);
  }

  /** The frame is as large as the map, or larger. */
  static FrameExplanation explain(HeatMap map, Frames frames) {
    Regions regions = new Regions(map, frames);
    List<Region> found = new ArrayList<>();
    int peak = regions.strangest();
    do {
      regions.around(peak).ifPresent(found::add);
      peak = regions.strangest();
    } while (found.size() < MOST && peak >= 0 && map.values()[peak] >= HeatMap.BORDER);
    int beyond = 0;
    for (float value : map.values()) {
      beyond += value >= HeatMap.BORDER ? 1 : 0;
    }
    return new FrameExplanation(map, found, (double) beyond / map.values().length);
  }

  /** Of the places that belong to no region yet; -1 when all do. */
  private int strangest() {
    int strangest = -1;
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] == NOBODY && (strangest < 0 || map.values()[i] > map.values()[strangest])) {
        strangest = i;
      }
    }
    return strangest;
  }

  /**
   * What belongs to this place, from now on to no other; empty when it leads to a stranger one: the
   * slope of a defect is no second defect.
   */
  private Optional<Region> around(int peak) {
    boolean isSlope = false;
    double least = OF_PEAK * map.values()[peak];
    int top = peak / map.width();
    int bottom = top;
    int left = peak % map.width();
    int right = left;
    Deque<Integer> open = new ArrayDeque<>(List.of(peak));
    owner[peak] = peak;
    while (!open.isEmpty()) {
      int place = open.remove();
      int row = place / map.width();
      int column = place % map.width();
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      left = Math.min(left, column);
      right = Math.max(right, column);
      for (int[] step : new int[][] {{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
        int y = row + step[0];
        int x = column + step[1];
        if (y >= 0 && y < map.height() && x >= 0 && x < map.width()) {
          int next = y * map.width() + x;
          if (owner[next] == NOBODY && map.values()[next] >= least) {
            owner[next] = peak;
            open.add(next);
          }
          isSlope |= owner[next] != NOBODY && owner[next] != peak;
        }
      }
    }
    return isSlope ? Optional.empty() : Optional.of(region(peak, top, bottom, left, right));
  }

  private Region region(int peak, int top, int bottom, int left, int right) {
    int x = left * frames.width() / map.width();
    int y = top * frames.height() / map.height();
    int endX = ((right + 1) * frames.width() + map.width() - 1) / map.width();
    int endY = ((bottom + 1) * frames.height() + map.height() - 1) / map.height();
    return new Region(
        x,
        y,
        endX - x,
        endY - y,
        centre(peak % map.width(), map.width(), frames.width()),
        centre(peak / map.width(), map.height(), frames.height()),
        map.values()[peak]);
  }

  private static int centre(int cell, int cells, int pixels) {
    return (int) ((cell + 0.5) * pixels / cells);
  }
}
