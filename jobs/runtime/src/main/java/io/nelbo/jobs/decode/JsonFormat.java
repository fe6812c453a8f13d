package io.nelbo.jobs.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.nelbo.jobs.config.FieldsConfig;
import io.nelbo.jobs.values.LabelText;
import io.nelbo.jobs.values.NumberText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import io.nelbo.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object (or array of values) per record, read as a stream straight into the array of
 * values: features, then the fields of the context.
 *
 * <ul>
 *   <li>Values are numbers, or texts of numbers; null, {@code NaN}, the marks of missing values and
 *       an absent key mean not observed, but the key of at least one feature must be there. An
 *       array has them all, in order.
 *   <li>Other keys are passed over, however deep; a key that we read must not appear twice.
 *   <li>Series is a string or a whole number; time is a number or a string, label a boolean, a
 *       number or a string, as {@code values} reads them.
 * </ul>
 */
final class JsonFormat implements RecordFormat {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // strangers' keys would stay for ever
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER) // same values, correctly rounded
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final MeasuredNames names;
  private final TimeText times;
  private final boolean seriesIsKey;
  private final boolean timeIsKafkas;
  private final JsonField root;
  private final Utf8Decoder utf8 = new Utf8Decoder();

  private long record;
  private float[] features = {};
  private int found;

  JsonFormat(MeasuredNames names, FieldsConfig fields, TimeText times) {
    this.names = names;
    this.times = times;
    this.seriesIsKey = fields.series().isEmpty();
    this.timeIsKafkas = fields.time().isEmpty();
    this.root = JsonField.root(names.all(), fields);
  }

  @Override
  public boolean read(
      byte @Nullable [] key,
      byte[] value,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into) {
    if (timeIsKafkas && kafkaTimestampMillis >= 0) {
      into.setEventTimeMillis(kafkaTimestampMillis);
    }
    return (!seriesIsKey || readKey(key, into)) && readValue(value, into);
  }

  private boolean readKey(byte @Nullable [] key, DecodedRecord into) {
    if (key == null) {
      return true;
    }
    String text = utf8.decode(key);
    if (text == null) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "key is not UTF-8");
    }
    into.setSeries(text);
    return true;
  }

  private boolean readValue(byte[] value, DecodedRecord into) {
    if (!utf8.isValid(value)) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "value is not UTF-8");
    }
    record++;
    features = new float[names.size()];
    Arrays.fill(features, Float.NaN);
    found = 0;
    try (JsonParser parser = JSON.createParser(value)) {
      return readRoot(parser, into);
    } catch (StreamConstraintsException e) {
      return into.reject(
          DeadLetterReason.UNPARSEABLE,
          "value is JSON beyond the limits of depth and length: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      return into.reject(
          DeadLetterReason.UNPARSEABLE, "value is not JSON" + position(e.getLocation()));
    } catch (IOException e) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "value is not JSON");
    }
  }

  private boolean readRoot(JsonParser parser, DecodedRecord into) throws IOException {
    JsonToken first = parser.nextToken();
    boolean isArrayOfFeatures = first == JsonToken.START_ARRAY && root.holdsFeatures();
    if (first != JsonToken.START_OBJECT && !isArrayOfFeatures) {
      return into.reject(
          DeadLetterReason.UNPARSEABLE,
          "value is %s, expected a JSON object".formatted(describe(first)));
    }
    if (!readField(parser, root, into)) {
      return false;
    }
    if (parser.nextToken() != null) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "value has more than one JSON document");
    }
    if (found == 0) {
      return into.reject(
          DeadLetterReason.WRONG_FEATURES,
          "found none of the %d configured features".formatted(names.features()));
    }
    into.setFeatures(features);
    return true;
  }

  /** Reads the value at the parser's current token, which may mean several things at once. */
  private boolean readField(JsonParser parser, JsonField field, DecodedRecord into)
      throws IOException {
    if (field.isSeries() && !readSeries(parser, into)) {
      return false;
    }
    if (field.isTime()) {
      readTime(parser, into);
    }
    if (field.isLabel() && !readLabel(parser, into)) {
      return false;
    }
    if (field.feature() != JsonField.NO_FEATURE && !readFeature(parser, field.feature(), into)) {
      return false;
    }
    if (parser.hasToken(JsonToken.START_OBJECT) && field.hasMembers()) {
      return readMembers(parser, field, into);
    }
    if (parser.hasToken(JsonToken.START_ARRAY) && field.holdsFeatures()) {
      return readArray(parser, into);
    }
    parser.skipChildren();
    return true;
  }

  private boolean readMembers(JsonParser parser, JsonField field, DecodedRecord into)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonField member = field.member(name);
      parser.nextToken();
      if (member == null) {
        parser.skipChildren();
        continue;
      }
      if (!member.visit(record)) {
        return into.reject(
            DeadLetterReason.UNPARSEABLE, "key %s appears twice in one object".formatted(name));
      }
      if (!readField(parser, member, into)) {
        return false;
      }
    }
    return true;
  }

  private boolean readArray(JsonParser parser, DecodedRecord into) throws IOException {
    int size = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (size < names.size() && !readFeature(parser, size, into)) {
        return false;
      }
      parser.skipChildren();
      size++;
    }
    if (size != names.size()) {
      return into.reject(DeadLetterReason.WRONG_FEATURES, names.wrongNumber(size));
    }
    return true;
  }

  private boolean readFeature(JsonParser parser, int feature, DecodedRecord into)
      throws IOException {
    if (feature < names.features()) {
      found++;
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return true;
    }
    if (token.isNumeric()) {
      features[feature] = parser.getFloatValue();
      return true;
    }
    if (token == JsonToken.VALUE_STRING) {
      try {
        features[feature] = NumberText.parse(parser.getText());
        return true;
      } catch (ValueFormatException e) {
        return into.reject(
            DeadLetterReason.WRONG_FEATURES, names.describe(feature) + " " + e.getMessage());
      }
    }
    return into.reject(
        DeadLetterReason.WRONG_FEATURES,
        "%s is %s, expected a number or null".formatted(names.describe(feature), describe(token)));
  }

  private static boolean readSeries(JsonParser parser, DecodedRecord into) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return true;
    }
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
      return into.reject(
          DeadLetterReason.NO_SERIES,
          "series is %s, expected a string or a whole number".formatted(describe(token)));
    }
    into.setSeries(parser.getText());
    return true;
  }

  private void readTime(JsonParser parser, DecodedRecord into) throws IOException {
    JsonToken token = parser.currentToken();
    into.setTimeFault("");
    try {
      if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER) {
        into.setEventTimeMillis(times.millis(parser.getLongValue()));
      } else if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
        into.setEventTimeMillis(times.millis(parser.getText()));
      } else if (token != JsonToken.VALUE_NULL) {
        into.setTimeFault("is %s, expected a number or a string".formatted(describe(token)));
      }
    } catch (ValueFormatException e) {
      into.setTimeFault(String.valueOf(e.getMessage()));
    }
  }

  private static boolean readLabel(JsonParser parser, DecodedRecord into) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return true;
    }
    if (!token.isScalarValue()) {
      return into.reject(
          DeadLetterReason.UNPARSEABLE,
          "label is %s, expected true, false, 1, 0 or null".formatted(describe(token)));
    }
    try {
      into.setLabel(LabelText.parse(parser.getText()));
      return true;
    } catch (ValueFormatException e) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "label " + e.getMessage());
    }
  }

  private static String position(@Nullable JsonLocation location) {
    return location == null ? "" : " from byte %d on".formatted(location.getByteOffset());
  }

  private static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "empty";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_NULL -> "null";
      default -> "unreadable";
    };
  }
}
