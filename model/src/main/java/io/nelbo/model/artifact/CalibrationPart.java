package io.nelbo.model.artifact;

import com.google.gson.stream.JsonWriter;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.CalibrationTable;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.EpisodeTable;
import io.nelbo.model.calibrate.SmoothedCalibration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a manifest says of the calibration. */
final class CalibrationPart {
  private CalibrationPart() {}

  static void write(Calibration calibration, JsonWriter manifest) throws IOException {
    manifest.name("calibration").beginObject();
    writeTables(calibration, manifest);
    if (calibration.smoothed().isPresent()) {
      SmoothedCalibration smoothed = calibration.smoothed().get();
      manifest.name("smoothed").beginObject();
      manifest.name("records").value(smoothed.records());
      manifest.name("centre").value(smoothed.centre());
      manifest.name("spread").value(smoothed.spread());
      manifest.name("means").beginObject();
      writeTables(smoothed.means(), manifest);
      manifest.endObject();
      manifest.name("together").beginObject();
      writeTables(smoothed.together(), manifest);
      manifest.endObject();
      manifest.endObject();
    }
    if (calibration.channels().isPresent()) {
      manifest.name("channels").beginArray();
      for (ChannelCalibrations.Channel channel : calibration.channels().get().channels()) {
        manifest.beginObject();
        manifest.name("name").value(channel.name());
        writeTables(channel.calibration(), manifest);
        manifest.endObject();
      }
      manifest.endArray();
    }
    manifest.endObject();
  }

  static Calibration read(JsonFields fields) throws ArtifactException {
    Calibration calibration = tables(fields);
    if (fields.has("channels")) {
      List<ChannelCalibrations.Channel> channels = new ArrayList<>();
      for (JsonFields channel : fields.objects("channels")) {
        channels.add(new ChannelCalibrations.Channel(channel.string("name"), tables(channel)));
      }
      calibration = calibration.withChannels(new ChannelCalibrations(channels));
    }
    if (!fields.has("smoothed")) {
      return calibration;
    }
    JsonFields smoothed = fields.object("smoothed");
    if (!smoothed.has("means")) {
      // Of means of -log p, which alarmed once in place of records: nobody asks for them any more.
      return calibration;
    }
    return calibration.withSmoothed(
        new SmoothedCalibration(
            smoothed.smallInteger("records"),
            smoothed.number("centre"),
            smoothed.number("spread"),
            tables(smoothed.object("means")),
            tables(smoothed.object("together"))));
  }

  private static void writeTables(Calibration calibration, JsonWriter json) throws IOException {
    CalibrationTable table = calibration.table();
    json.name("sample").value(table.sample());
    json.name("effectiveSample").value(table.effectiveSample());
    json.name("tailThreshold").value(table.tailThreshold());
    json.name("tailShape").value(table.tailShape());
    json.name("tailScale").value(table.tailScale());
    json.name("statistics").jsonValue(Arrays.toString(table.statistics()));
    json.name("atLeast").jsonValue(Arrays.toString(table.atLeast()));
    if (calibration.episodes().isPresent()) {
      writeEpisodes(calibration.episodes().get().table(), json);
    }
  }

  private static void writeEpisodes(EpisodeTable table, JsonWriter json) throws IOException {
    json.name("episodes").beginObject();
    json.name("gapMillis").value(table.gapMillis());
    json.name("seriesDays").value(table.seriesDays());
    json.name("tailThreshold").value(table.tailThreshold());
    json.name("tailShape").value(table.tailShape());
    json.name("tailScale").value(table.tailScale());
    json.name("statistics").jsonValue(Arrays.toString(table.statistics()));
    json.name("episodes").jsonValue(Arrays.toString(table.episodes()));
    json.endObject();
  }

  private static Calibration tables(JsonFields fields) throws ArtifactException {
    Calibration calibration =
        Calibration.of(
            new CalibrationTable(
                fields.numbers("statistics"),
                fields.integers("atLeast"),
                fields.integer("sample"),
                fields.number("effectiveSample"),
                fields.number("tailThreshold"),
                fields.number("tailShape"),
                fields.number("tailScale")));
    return fields.has("episodes")
        ? calibration.withEpisodes(episodes(fields.object("episodes")))
        : calibration;
  }

  private static EpisodeRates episodes(JsonFields fields) throws ArtifactException {
    return EpisodeRates.of(
        new EpisodeTable(
            fields.integer("gapMillis"),
            fields.number("seriesDays"),
            fields.numbers("statistics"),
            fields.integers("episodes"),
            fields.number("tailThreshold"),
            fields.number("tailShape"),
            fields.number("tailScale")));
  }
}
