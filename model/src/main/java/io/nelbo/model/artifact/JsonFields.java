package io.nelbo.model.artifact;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The fields of one object of the manifest; what is missing or of another type is refused. */
final class JsonFields {
  private final String path;
  private final JsonObject object;

  private JsonFields(String path, JsonObject object) {
    this.path = path;
    this.object = object;
  }

  /** Parses strict JSON that is one object. */
  static JsonFields parse(String file, String text) throws ArtifactException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (!element.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
        throw new ArtifactException(Reason.INVALID, file + " must hold one JSON object");
      }
      return new JsonFields(file + ": ", element.getAsJsonObject());
    } catch (ArtifactException e) {
      throw e;
    } catch (IOException | JsonParseException e) {
      throw new ArtifactException(Reason.INVALID, file + " is not JSON: " + e.getMessage());
    }
  }

  Set<String> names() {
    return new LinkedHashSet<>(object.keySet());
  }

  boolean has(String name) {
    return object.has(name);
  }

  JsonFields object(String name) throws ArtifactException {
    JsonElement element = required(name);
    if (!element.isJsonObject()) {
      throw refuse(path + name + " must be an object");
    }
    return new JsonFields(path + name + ".", element.getAsJsonObject());
  }

  String string(String name) throws ArtifactException {
    return string(path + name, required(name));
  }

  List<String> strings(String name) throws ArtifactException {
    List<String> strings = new ArrayList<>();
    for (JsonElement element : array(name)) {
      strings.add(string(path + name, element));
    }
    return strings;
  }

  List<JsonFields> objects(String name) throws ArtifactException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonElement element : array(name)) {
      if (!element.isJsonObject()) {
        throw refuse(path + name + " must hold objects");
      }
      objects.add(new JsonFields(path + name + ".", element.getAsJsonObject()));
    }
    return objects;
  }

  double number(String name) throws ArtifactException {
    return Double.parseDouble(digits(path + name, required(name)));
  }

  float singleNumber(String name) throws ArtifactException {
    return Float.parseFloat(digits(path + name, required(name)));
  }

  double[] numbers(String name) throws ArtifactException {
    JsonArray array = array(name);
    double[] numbers = new double[array.size()];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = Double.parseDouble(digits(path + name, array.get(index)));
    }
    return numbers;
  }

  long integer(String name) throws ArtifactException {
    return integer(path + name, required(name));
  }

  int smallInteger(String name) throws ArtifactException {
    return smallInteger(path + name, required(name));
  }

  long[] integers(String name) throws ArtifactException {
    JsonArray array = array(name);
    long[] integers = new long[array.size()];
    for (int index = 0; index < integers.length; index++) {
      integers[index] = integer(path + name, array.get(index));
    }
    return integers;
  }

  List<Integer> smallIntegers(String name) throws ArtifactException {
    List<Integer> integers = new ArrayList<>();
    for (JsonElement element : array(name)) {
      integers.add(smallInteger(path + name, element));
    }
    return integers;
  }

  /** Every field as a number, by name. */
  Map<String, Double> numbersByName() throws ArtifactException {
    Map<String, Double> numbers = new TreeMap<>();
    for (String name : names()) {
      numbers.put(name, number(name));
    }
    return numbers;
  }

  private JsonArray array(String name) throws ArtifactException {
    JsonElement element = required(name);
    if (!element.isJsonArray()) {
      throw refuse(path + name + " must be an array");
    }
    return element.getAsJsonArray();
  }

  private JsonElement required(String name) throws ArtifactException {
    JsonElement element = object.get(name);
    if (element == null) {
      throw refuse(path + name + " is missing");
    }
    return element;
  }

  private static String string(String where, JsonElement element) throws ArtifactException {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw refuse(where + " must be a string, got " + element);
    }
    return element.getAsString();
  }

  private static String digits(String where, JsonElement element) throws ArtifactException {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
      throw refuse(where + " must be a number, got " + element);
    }
    return element.getAsString();
  }

  private static long integer(String where, JsonElement element) throws ArtifactException {
    String digits = digits(where, element);
    try {
      return digits.length() <= 20 ? new BigDecimal(digits).longValueExact() : overflow();
    } catch (ArithmeticException e) {
      throw refuse(where + " must be a 64-bit integer, got " + digits);
    }
  }

  private static long overflow() {
    throw new ArithmeticException();
  }

  private static int smallInteger(String where, JsonElement element) throws ArtifactException {
    long integer = integer(where, element);
    if (integer != (int) integer) {
      throw refuse(where + " must be a 32-bit integer, got " + integer);
    }
    return (int) integer;
  }

  private static ArtifactException refuse(String message) {
    return new ArtifactException(Reason.INVALID, message);
  }
}
