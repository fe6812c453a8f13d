package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.FieldsConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a place in a JSON record means: any of series, time, label, the holder of the features, one
 * feature, or merely the way to one of them. The root stands for the whole record.
 */
final class JsonField {
  /** Not a feature. */
  static final int NO_FEATURE = -1;

  private final Map<String, JsonField> children = new HashMap<>();
  private boolean series;
  private boolean time;
  private boolean label;
  private boolean features;
  private int feature = NO_FEATURE;
  private long lastVisit = -1;

  private JsonField() {}

  static JsonField root(List<String> names, FieldsConfig fields) {
    JsonField root = new JsonField();
    if (!fields.series().isEmpty()) {
      root.descend(fields.series()).series = true;
    }
    if (!fields.time().isEmpty()) {
      root.descend(fields.time()).time = true;
    }
    if (!fields.label().isEmpty()) {
      root.descend(fields.label()).label = true;
    }
    JsonField holder = fields.features().isEmpty() ? root : root.descend(fields.features());
    holder.features = true;
    for (int i = 0; i < names.size(); i++) {
      holder.child(names.get(i)).feature = i;
    }
    return root;
  }

  private JsonField descend(String path) {
    JsonField field = this;
    for (String name : path.split("\\.", -1)) {
      field = field.child(name);
    }
    return field;
  }

  private JsonField child(String name) {
    return children.computeIfAbsent(name, n -> new JsonField());
  }

  /** What the member {@code name} means; null if nothing. */
  @Nullable JsonField member(String name) {
    return children.get(name);
  }

  /** False if this place was visited before in the same record: its key appears twice. */
  boolean visit(long record) {
    boolean first = record != lastVisit;
    lastVisit = record;
    return first;
  }

  boolean isSeries() {
    return series;
  }

  boolean isTime() {
    return time;
  }

  boolean isLabel() {
    return label;
  }

  boolean holdsFeatures() {
    return features;
  }

  /** Position in the configuration's features, or {@link #NO_FEATURE}. */
  int feature() {
    return feature;
  }

  boolean hasMembers() {
    return !children.isEmpty();
  }
}
