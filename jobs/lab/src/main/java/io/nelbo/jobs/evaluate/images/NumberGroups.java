package io.nelbo.jobs.evaluate.images;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits the normal images of a set anew, so that what belongs together is on one side: all of
 * them, by the last number in their names; those whose numbers follow each other more closely than
 * a gap form a group. A fifth of the groups test, drawn once for all seeds; the others train in the
 * order of their numbers, so that what a training holds out are groups too.
 *
 * @param gap least difference of numbers between two groups
 */
record NumberGroups(int gap) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final double TESTED = 0.2;
  private static final long SEED = 0;

  NumberGroups {
    requireArgument(gap >= 1, "group gap must be at least 1, got %s", gap);
  }

  private record Numbered(long number, LabelledFrame frame) {}

  /**
   * @throws BenchmarkDataException when a normal image has no number, or all are one group
   */
  ImageSet split(ImageSet set) throws BenchmarkDataException {
    List<List<LabelledFrame>> groups = groups(set);
    if (groups.size() < 2) {
      throw new BenchmarkDataException(
          "%s: all %d normal images are one group, their numbers differ by less than --group-gap %d"
              .formatted(set.source(), groups.stream().mapToInt(List::size).sum(), gap));
    }
    List<Integer> order = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      order.add(group);
    }
    Collections.shuffle(order, new Random(SEED));
    int tested = Math.max(1, (int) (TESTED * groups.size()));
    Set<Integer> held = new HashSet<>(order.subList(0, tested));
    List<LabelledFrame> train = new ArrayList<>();
    List<LabelledFrame> test = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      (held.contains(group) ? test : train).addAll(groups.get(group));
    }
    int normal = test.size();
    set.test().stream().filter(LabelledFrame::anomalous).forEach(test::add);
    List<String> notes = new ArrayList<>(set.notes());
    notes.add(
        "split anew: of %d groups of normal images %d test (%d images) and %d train (%d)"
            .formatted(groups.size(), tested, normal, groups.size() - tested, train.size()));
    return new ImageSet(set.source(), set.frames(), train, test, true, notes);
  }

  private List<List<LabelledFrame>> groups(ImageSet set) throws BenchmarkDataException {
    List<Numbered> normal = new ArrayList<>();
    for (LabelledFrame frame : set.train()) {
      normal.add(numbered(set, frame));
    }
    for (LabelledFrame frame : set.test()) {
      if (!frame.anomalous()) {
        normal.add(numbered(set, frame));
      }
    }
    normal.sort(Comparator.comparingLong(Numbered::number));
    List<List<LabelledFrame>> groups = new ArrayList<>();
    long last = 0;
    for (Numbered one : normal) {
      if (groups.isEmpty() || one.number() - last >= gap) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(one.frame());
      last = one.number();
    }
    return groups;
  }

  private static Numbered numbered(ImageSet set, LabelledFrame frame)
      throws BenchmarkDataException {
    String name = frame.name().replaceFirst("\\.[^.]*$", "");
    Matcher numbers = NUMBER.matcher(name);
    String last = "";
    while (numbers.find()) {
      last = numbers.group();
    }
    if (last.isEmpty() || last.length() > 18) {
      throw new BenchmarkDataException(
          "%s: the name '%s' holds no number of at most 18 digits, which --group-gap goes by"
              .formatted(set.source(), frame.name()));
    }
    return new Numbered(Long.parseLong(last), frame);
  }
}
