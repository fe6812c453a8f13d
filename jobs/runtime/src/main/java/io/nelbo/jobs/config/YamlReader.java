package io.nelbo.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns text into {@link YamlNode}s. Jackson's own tree would forget the lines. */
final class YamlReader {
  private final Problems problems;

  YamlReader(Problems problems) {
    this.problems = problems;
  }

  /** An empty section when the text is not YAML: then that is the problem. */
  YamlNode.Section read(String yaml) {
    YamlNode.Section nothing = new YamlNode.Section(Map.of(), 1);
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return nothing;
      }
      if (node(parser, first) instanceof YamlNode.Section section) {
        if (parser.nextToken() != null) {
          problems.add(
              parser.currentTokenLocation().getLineNr(),
              "a second document begins: one file is one detector, and nothing of it would be"
                  + " read");
        }
        return section;
      }
      problems.add(1, "the file must hold keys and values");
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.addUnreadable(line, "not YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the text is in memory
    }
    return nothing;
  }

  private YamlNode node(YAMLParser parser, JsonToken token) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (parser.isCurrentAlias()) {
      return new YamlNode.Alias(parser.getText(), line);
    }
    return switch (token) {
      case START_OBJECT -> section(parser, line);
      case START_ARRAY -> items(parser, line);
      case VALUE_NULL -> new YamlNode.Empty(line);
      default -> new YamlNode.Text(parser.getText(), line);
    };
  }

  private YamlNode section(YAMLParser parser, int line) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = parser.currentTokenLocation().getLineNr();
      YamlNode value = node(parser, parser.nextToken());
      if (entries.put(key, value) != null) {
        problems.add(keyLine, "'%s' is given twice", key);
      }
    }
    return new YamlNode.Section(entries, line);
  }

  private YamlNode items(YAMLParser parser, int line) throws IOException {
    List<YamlNode> nodes = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      nodes.add(node(parser, token));
    }
    return new YamlNode.Items(nodes, line);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
