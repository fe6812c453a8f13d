package io.nelbo.jobs.demo.view;

import java.util.ArrayList;
import java.util.List;

/** Sentences cut into lines between words. */
final class Wrapped {
  private Wrapped() {}

  /** Lines of at most {@code width} characters, unless a single word is longer. */
  static List<String> lines(String sentence, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
