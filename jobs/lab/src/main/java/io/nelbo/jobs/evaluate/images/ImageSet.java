package io.nelbo.jobs.evaluate.images;

import io.nelbo.model.record.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images to learn what is normal from, and others to tell by it.
 *
 * @param source where they come from, for messages
 * @param frames size and channels of all of them
 * @param train normal ones
 * @param test normal ones and defective ones
 * @param ordered whether neighbours among those that train belong together, so that their order is
 *     kept; otherwise it says nothing
 * @param notes what to know about them
 */
public record ImageSet(
    String source,
    Frames frames,
    List<LabelledFrame> train,
    List<LabelledFrame> test,
    boolean ordered,
    List<String> notes) {
  public ImageSet {
    train = List.copyOf(train);
    test = List.copyOf(test);
    notes = List.copyOf(notes);
  }

  /** The images that train: as they stand where their order counts, or else shuffled. */
  public List<LabelledFrame> training(long seed) {
    return ordered ? train : shuffled(train, seed);
  }

  /** In an order of its own. */
  public static List<LabelledFrame> shuffled(List<LabelledFrame> frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<LabelledFrame> order = new ArrayList<>(frames);
    for (int i = order.size() - 1; i > 0; i--) {
      order.set(i, order.set(random.nextInt(i + 1), order.get(i)));
    }
    return order;
  }

  /** The one to test whether it is anomalous, in their order. */
  public boolean[] anomalous() {
    boolean[] labels = new boolean[test.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = test.get(i).anomalous();
    }
    return labels;
  }

  /** Whether anybody says where a defect is. */
  public boolean hasMasks() {
    return test.stream().anyMatch(frame -> frame.anomalous() && frame.mask().isPresent());
  }
}
