package io.nelbo.model.artifact;

import com.google.gson.stream.JsonWriter;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.WindowShape;
import java.io.IOException;
import java.util.List;

/** What a manifest says of the windows: how long they are, and what a record is. */
final class WindowPart {
  private WindowPart() {}

  static void write(WindowShape window, JsonWriter manifest) throws IOException {
    manifest.name("windowLength").value(window.length());
    if (window.record() instanceof Frames frames) {
      manifest.name("frames").beginObject();
      manifest.name("height").value(frames.height());
      manifest.name("width").value(frames.width());
      manifest.name("channels").value(frames.channels());
      manifest.endObject();
      return;
    }
    RecordColumns columns = window.record().named("a manifest's list of names");
    writeNames("featureNames", columns.features(), manifest);
    if (!columns.contextNames().isEmpty()) {
      writeNames("contextNames", columns.contextNames(), manifest);
    }
  }

  static WindowShape read(JsonFields manifest) throws ArtifactException {
    return new WindowShape(manifest.smallInteger("windowLength"), record(manifest));
  }

  private static RecordShape record(JsonFields manifest) throws ArtifactException {
    if (manifest.has("frames")) {
      JsonFields frames = manifest.object("frames");
      return new Frames(
          frames.smallInteger("height"),
          frames.smallInteger("width"),
          frames.smallInteger("channels"));
    }
    return new RecordColumns(
        manifest.strings("featureNames"),
        manifest.has("contextNames") ? manifest.strings("contextNames") : List.of(),
        List.of());
  }

  private static void writeNames(String key, List<String> names, JsonWriter json)
      throws IOException {
    json.name(key).beginArray();
    for (String name : names) {
      json.value(name);
    }
    json.endArray();
  }
}
