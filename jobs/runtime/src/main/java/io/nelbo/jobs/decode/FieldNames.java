package io.nelbo.jobs.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nelbo.jobs.text.ShownText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the fields of a JSON object are called, for somebody who looks for a wrong name: paths with
 * dots, none of the values.
 */
public final class FieldNames {
  private static final int MOST = 30;
  private static final int DEEPEST = 4;
  private static final JsonFactory JSON = new JsonFactory();

  private FieldNames() {}

  /**
   * The first thirty paths of fields that hold a value, in their order; as far as it can be read.
   */
  public static List<String> of(byte[] json) {
    Set<String> paths = new LinkedHashSet<>();
    try (JsonParser parser = JSON.createParser(json)) {
      Deque<String> path = new ArrayDeque<>();
      for (JsonToken token = parser.nextToken();
          token != null && paths.size() < MOST;
          token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> path.push(ShownText.of(parser.currentName()));
          case START_ARRAY -> {
            if (!path.isEmpty()) {
              paths.add(joined(path));
              path.pop();
            }
            parser.skipChildren();
          }
          case START_OBJECT -> {
            if (path.size() >= DEEPEST) {
              paths.add(joined(path));
              path.pop();
              parser.skipChildren();
            }
          }
          case END_OBJECT -> {
            if (!path.isEmpty()) {
              path.pop();
            }
          }
          default -> {
            if (!path.isEmpty()) {
              paths.add(joined(path));
              path.pop();
            }
          }
        }
      }
    } catch (IOException unreadable) {
      return List.copyOf(paths); // what comes behind the error is not known
    }
    return List.copyOf(paths);
  }

  private static String joined(Deque<String> path) {
    List<String> names = new ArrayList<>(path);
    Collections.reverse(names);
    return String.join(".", names);
  }
}
