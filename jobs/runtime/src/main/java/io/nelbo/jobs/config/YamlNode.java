package io.nelbo.jobs.config;

import java.util.List;
import java.util.Map;

/** YAML with the lines it stood on, for messages; every scalar is kept as the text it was. */
sealed interface YamlNode {
  /** Counted from 1. */
  int line();

  /** A scalar, of whatever type. */
  record Text(String value, int line) implements YamlNode {}

  /** A list. */
  record Items(List<YamlNode> nodes, int line) implements YamlNode {}

  /** Keys and values, in the order of the file. */
  record Section(Map<String, YamlNode> entries, int line) implements YamlNode {}

  /** A key without a value, which counts as not given. */
  record Empty(int line) implements YamlNode {}

  /** A reference to an anchor, which is refused: the value itself is to be written. */
  record Alias(String anchor, int line) implements YamlNode {}

  /** How a message shows it. */
  default String shown() {
    if (this instanceof Text text) {
      return "'" + text.value() + "'";
    }
    if (this instanceof Alias alias) {
      return "the alias *" + alias.anchor() + ", which is not followed: write the value itself";
    }
    if (this instanceof Items) {
      return "a list";
    }
    return this instanceof Section ? "a section" : "nothing";
  }
}
