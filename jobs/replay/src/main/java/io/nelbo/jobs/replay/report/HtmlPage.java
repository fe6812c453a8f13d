package io.nelbo.jobs.replay.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page that needs nothing but itself: a template with its style, the chart library, the scripts
 * and one block of data inside.
 *
 * <p>Data never becomes markup: the block is JSON in which no {@code <} is left, and the scripts
 * put its text into the page as text only.
 */
public final class HtmlPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.]+)}}");
  private static final String DATA = "data";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static {
    MAPPER.getFactory().setCharacterEscapes(new NoMarkup());
    MAPPER.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  private final String template;

  /**
   * @param template name of a resource beside this class; {@code {{name}}} in it stands for another
   *     resource, {@code {{data}}} for the data
   */
  public HtmlPage(String template) {
    this.template = template;
  }

  /**
   * Writes the page.
   *
   * @param data of maps, lists, arrays, text and finite numbers
   * @throws IOException when it cannot be written; then there is no file
   */
  public void write(Path file, Map<String, ?> data) throws IOException {
    AtomicFile.write(file, out -> writeTo(out, data));
  }

  private void writeTo(Writer out, Map<String, ?> data) throws IOException {
    String text = resource(template);
    Matcher place = PLACE.matcher(text);
    int written = 0;
    while (place.find()) {
      out.write(text, written, place.start() - written);
      written = place.end();
      if (place.group(1).equals(DATA)) {
        MAPPER.writeValue(out, data);
      } else {
        out.write(resource(place.group(1)));
      }
    }
    out.write(text, written, text.length() - written);
  }

  private static String resource(String name) throws IOException {
    try (InputStream bytes = HtmlPage.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException("resource " + name + " is missing from the class path");
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Without {@code <}, JSON can neither end its script element nor open a comment. */
  private static final class NoMarkup extends CharacterEscapes {
    private static final SerializableString LESS = new SerializedString("\\u003c");

    private final int[] escapes = standardAsciiEscapesForJSON();

    NoMarkup() {
      escapes['<'] = ESCAPE_CUSTOM;
    }

    @Override
    @SuppressWarnings("MutableMethodReturnType") // the library's signature
    public int[] getEscapeCodesForAscii() {
      return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return character == '<' ? LESS : null; // also asked about all that is not ASCII
    }
  }
}
