package io.nelbo.model.fit;

import java.util.SplittableRandom;

/**
 * Every place once per round, in another order each; a round that ends inside a batch is followed
 * by the next.
 */
public final class ShuffledOrder {
  private final int[] order;
  private final SplittableRandom random;
  private int next;

  public ShuffledOrder(int size, SplittableRandom random) {
    this.random = random;
    order = new int[size];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    next = order.length;
  }

  public int next() {
    if (next == order.length) {
      shuffle();
    }
    return order[next++];
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    next = 0;
  }
}
