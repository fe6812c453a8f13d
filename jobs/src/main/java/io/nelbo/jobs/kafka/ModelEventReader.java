package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.TriggerWords;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelState;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads events of the model topic in every version that was released, all of them as version 3.
 *
 * <p>Versions 1 and 2 told in the words of {@code reason} and {@code trigger} what version 3 has
 * fields for. Here, and nowhere else, these words are understood; they are those of the programs
 * that wrote them and change no more. Not thread-safe.
 */
public final class ModelEventReader {
  private static final int WITH_FIELDS = 3;
  private static final String SEPARATOR = "; ";
  private static final String HELD = "retrain.gate is manual";
  private static final String REGIME_CHANGE = "REGIME_CHANGE";
  private static final String PROVISIONAL = "provisional: ";
  private static final String REJECTED_IN_SHADOW = "in shadow: ";
  private static final Pattern SLIDE_IN_SHADOW =
      Pattern.compile(
          "its records are the shadow of (v\\d+).*|(v\\d+) is in shadow and could not be looked"
              + " at.*",
          Pattern.DOTALL);

  private final SingleObject<ModelEvent> events = SingleObject.of(ModelEvent.class);

  /**
   * The event in a value of the model topic.
   *
   * @throws WireFormatException if it is none
   */
  public ModelEvent read(byte[] value) throws WireFormatException {
    ModelEvent event = events.decode(value);
    if (event.getSchemaVersion() < WITH_FIELDS) {
      translate(event);
    }
    if (event.getState() == ModelState.UNKNOWN) {
      event.setState(state(event.getKind()));
    }
    return event;
  }

  private static void translate(ModelEvent event) {
    String line = event.getReason();
    event.setTriggeredBy(TriggerWords.parse(event.getTrigger()));
    event.setReasons(line.isEmpty() ? List.of() : List.of(line.split(SEPARATOR)));
    event.setRegimeChange(anyStartsWith(event, REGIME_CHANGE));
    event.setProvisional(anyStartsWith(event, PROVISIONAL));
    if (event.getKind() == ModelEventKind.REJECTED && line.startsWith(HELD)) {
      event.setState(ModelState.HELD);
    }
    event.setShadowVersion(shadow(event, line));
    event.setSchemaVersion(WITH_FIELDS);
  }

  private static boolean anyStartsWith(ModelEvent event, String word) {
    return event.getReasons().stream().anyMatch(reason -> reason.startsWith(word));
  }

  private static String shadow(ModelEvent event, String line) {
    if (event.getKind() == ModelEventKind.REJECTED && line.startsWith(REJECTED_IN_SHADOW)) {
      return event.getVersion();
    }
    Matcher slide = SLIDE_IN_SHADOW.matcher(line);
    if (event.getKind() != ModelEventKind.SKIPPED || !slide.matches()) {
      return "";
    }
    return slide.group(1) == null ? slide.group(2) : slide.group(1);
  }

  private static ModelState state(ModelEventKind kind) {
    return switch (kind) {
      case ACTIVATED -> ModelState.GOVERNING;
      case REJECTED -> ModelState.DROPPED;
      case SKIPPED, FAILED -> ModelState.NONE;
      case UNKNOWN -> ModelState.UNKNOWN;
    };
  }
}
