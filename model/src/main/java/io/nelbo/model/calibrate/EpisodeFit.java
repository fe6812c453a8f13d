package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Counts episodes at every border: how an {@link EpisodeTable} comes about.
 *
 * <p>The records are taken away one after the other, the least strange first, and what each leaves
 * behind is seen from its neighbours: it opened an episode, it joined two, or it was in the midst
 * of one. So all borders are counted in one pass.
 *
 * <p>As alerting does, an exceedance opens an episode unless another one of its series came within
 * the gap before it. What lies between held-out blocks is not seen, so that an episode which began
 * there counts once more: too many are counted, never too few.
 */
final class EpisodeFit {
  /** Borders below this share of the records are no borders. */
  private static final double LOWEST_BORDER = 0.5;

  /** Every count up to this is kept. */
  private static final long EXACT = 500;

  /** Above them counts grow by at least this share from one kept border to the next. */
  private static final double THINNING = 0.01;

  private static final double TAIL_SHARE = 0.2;
  private static final int LEAST_EPISODES = 20;
  private static final int MOST_EPISODES = 200;
  private static final int NONE = -1;

  private final WatchedStatistics watched;
  private final long gapMillis;
  private final int[] before;
  private final int[] after;

  EpisodeFit(WatchedStatistics watched, long gapMillis) {
    this.watched = watched;
    this.gapMillis = gapMillis;
    int size = watched.statistics().length;
    before = new int[size];
    after = new int[size];
    for (int i = 0; i < size; i++) {
      before[i] = i - 1; // NONE for the first
      after[i] = i + 1 < size ? i + 1 : NONE;
    }
  }

  EpisodeTable table() {
    double[] statistics = watched.statistics();
    int[] rising =
        IntStream.range(0, statistics.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> statistics[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double largest = statistics[rising[rising.length - 1]];
    requireArgument(
        Double.isFinite(statistics[rising[0]]) && Double.isFinite(largest),
        "held-out statistics must be finite, got %s..%s",
        statistics[rising[0]],
        largest);
    long[] episodes = episodesAt(rising);
    int[] kept = keptRanks(rising, episodes);
    double[] borders = Arrays.stream(kept).mapToDouble(rank -> statistics[rising[rank]]).toArray();
    long[] counts = Arrays.stream(kept).mapToLong(rank -> episodes[rank]).toArray();
    double threshold = threshold(borders, counts);
    GeneralisedPareto tail = tailBeyond(threshold, statistics[rising[0]], largest);
    return new EpisodeTable(
        gapMillis, watched.seriesDays(), borders, counts, threshold, tail.shape(), tail.scale());
  }

  /** How many episodes there are among the records from each rank on, the strangest last. */
  private long[] episodesAt(int[] rising) {
    long[] episodes = new long[rising.length];
    long present = IntStream.range(0, rising.length).filter(i -> !joined(i - 1, i)).count();
    for (int rank = 0; rank < rising.length; rank++) {
      episodes[rank] = present;
      present -= withoutOne(rising[rank]);
    }
    return episodes;
  }

  /** Takes one record away; how many episodes fewer there are: 1, 0, or -1 where it joined two. */
  private int withoutOne(int gone) {
    int left = before[gone];
    int right = after[gone];
    int fewer = 1 - (joined(left, gone) ? 1 : 0) - (joined(gone, right) ? 1 : 0);
    fewer += joined(left, right) ? 1 : 0;
    if (left != NONE) {
      after[left] = right;
    }
    if (right != NONE) {
      before[right] = left;
    }
    return fewer;
  }

  private boolean joined(int left, int right) {
    return left != NONE
        && right != NONE
        && watched.series()[left] == watched.series()[right]
        && watched.eventTimeMillis()[right] - watched.eventTimeMillis()[left] <= gapMillis;
  }

  /**
   * Ranks at which the count exceeds that of all higher borders, ascending. A lower border may have
   * fewer episodes, because they run together; it has no fewer alarms.
   */
  private int[] keptRanks(int[] rising, long[] episodes) {
    double[] statistics = watched.statistics();
    int lowest = (int) (LOWEST_BORDER * rising.length);
    int[] kept = new int[rising.length];
    int count = 0;
    long most = 0;
    for (int rank = rising.length - 1; rank >= lowest; rank--) {
      boolean firstOfEqual = rank == 0 || statistics[rising[rank]] > statistics[rising[rank - 1]];
      boolean more = most < EXACT ? episodes[rank] > most : episodes[rank] > most * (1 + THINNING);
      if (firstOfEqual && more) {
        most = episodes[rank];
        kept[count++] = rank;
      }
    }
    if (count == 0) { // more than half of the statistics are equal
      kept[count++] = firstRankOf(statistics[rising[rising.length - 1]], rising);
    }
    int[] falling = Arrays.copyOf(kept, count);
    return IntStream.range(0, falling.length).map(i -> falling[falling.length - 1 - i]).toArray();
  }

  private int firstRankOf(double value, int[] rising) {
    int rank = rising.length - 1;
    while (rank > 0 && watched.statistics()[rising[rank - 1]] == value) {
      rank--;
    }
    return rank;
  }

  /** The border with a fifth of all episodes, but with 20 to 200 where there are so many. */
  private static double threshold(double[] borders, long[] episodes) {
    long wanted =
        Math.max(LEAST_EPISODES, Math.min(MOST_EPISODES, (long) (TAIL_SHARE * episodes[0])));
    int knot = borders.length - 1;
    while (knot > 0 && episodes[knot] < wanted) {
      knot--;
    }
    return borders[knot];
  }

  /** The worst of each episode at the threshold; without spread as in {@link CalibrationFit}. */
  private GeneralisedPareto tailBeyond(double threshold, double smallest, double largest) {
    if (largest == threshold) {
      return GeneralisedPareto.withoutSpread(largest - smallest, watched.statistics().length);
    }
    double[] worst = new double[watched.statistics().length];
    int episodes = 0;
    int last = NONE;
    for (int i = 0; i < worst.length; i++) {
      double beyond = watched.statistics()[i] - threshold;
      if (beyond < 0) {
        continue;
      }
      if (joined(last, i)) {
        worst[episodes - 1] = Math.max(worst[episodes - 1], beyond);
      } else {
        worst[episodes++] = beyond;
      }
      last = i;
    }
    double[] exceedances = Arrays.copyOf(worst, episodes);
    Arrays.sort(exceedances);
    return GeneralisedPareto.fit(exceedances, episodes);
  }
}
