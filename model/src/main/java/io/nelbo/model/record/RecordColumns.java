package io.nelbo.model.record;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Columns with names, in order: a record's features, then its context.
 *
 * <p>Features are modelled: scored, blamed and counted as observed. Context only tells the model
 * the circumstances: encoder and decoder see it, the likelihood does not.
 *
 * @param features names of what is modelled
 * @param context names of what was measured beside it; scaled like a feature
 * @param cycles names of what comes after that: sines and cosines, which are not scaled
 */
public record RecordColumns(List<String> features, List<String> context, List<String> cycles)
    implements RecordShape {
  public RecordColumns {
    features = List.copyOf(features);
    context = List.copyOf(context);
    cycles = List.copyOf(cycles);
    Set<String> seen = new HashSet<>();
    Stream.of(features, context, cycles)
        .flatMap(List::stream)
        .forEach(
            name -> requireArgument(seen.add(name), "columns must differ, got %s twice", name));
  }

  /** Features without context. */
  public RecordColumns(List<String> features) {
    this(features, List.of(), List.of());
  }

  @Override
  public int featureCount() {
    return features.size();
  }

  @Override
  public int columnCount() {
    return features.size() + context.size() + cycles.size();
  }

  @Override
  public String inWords() {
    int other = columnCount() - featureCount();
    return "%d features%s"
        .formatted(featureCount(), other == 0 ? "" : " and %d columns of context".formatted(other));
  }

  @Override
  public String inNames() {
    return "features %s and context %s".formatted(features, contextNames());
  }

  @Override
  public RecordColumns named(String who) {
    return this;
  }

  /** No cycles are kept apart: they are context by their names. */
  @Override
  public RecordColumns asModelled() {
    return new RecordColumns(features, contextNames(), List.of());
  }

  /** Names of all that is not modelled, in the order of the values. */
  public List<String> contextNames() {
    return Stream.concat(context.stream(), cycles.stream()).toList();
  }
}
