package io.nelbo.model.artifact;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.CalibrationTable;
import io.nelbo.model.calibrate.EpisodeTable;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.calibrate.SmoothedCalibration;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.scale.Scaler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code model.json}: keys in a fixed order, numbers that are read back bit for bit
 * (shortest decimal of {@link Double#toString}), no NaN; equal manifests give equal bytes.
 */
final class ManifestWriter {
  private final StringWriter text = new StringWriter();
  private final JsonWriter json = new JsonWriter(text);

  private ManifestWriter() {
    json.setFormattingStyle(FormattingStyle.PRETTY);
  }

  static byte[] write(Manifest manifest, WeightsFile weights) throws IOException {
    ManifestWriter writer = new ManifestWriter();
    writer.writeAll(manifest, weights);
    return (writer.text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void writeAll(Manifest manifest, WeightsFile weights) throws IOException {
    json.beginObject();
    json.name("formatVersion").value(manifest.formatVersion());
    json.name("modelId").value(manifest.modelId());
    json.name("version").value(manifest.version());
    json.name("family").value(manifest.family());
    json.name("windowLength").value(manifest.windowLength());
    writeNames("featureNames", manifest.featureNames());
    if (!manifest.contextNames().isEmpty()) {
      writeNames("contextNames", manifest.contextNames());
    }
    writeSpecs(manifest.network(), manifest.likelihood(), manifest.noise());
    writeScaler(manifest.scaler());
    if (manifest.featureLosses().isPresent()) {
      writeFeatureLosses(manifest.featureLosses().get());
    }
    writeCalibration(manifest.calibration());
    writeProvenance(manifest.provenance());
    json.name("figures").beginObject();
    for (Map.Entry<String, Double> figure : manifest.figures().entrySet()) {
      json.name(figure.getKey()).value(figure.getValue());
    }
    json.endObject();
    writeWeights(weights);
    json.endObject();
    json.close();
  }

  private void writeNames(String key, List<String> names) throws IOException {
    json.name(key).beginArray();
    for (String name : names) {
      json.value(name);
    }
    json.endArray();
  }

  private void writeSpecs(NetworkSpec network, LikelihoodSpec likelihood, NoiseSpec noise)
      throws IOException {
    json.name("network").beginObject();
    json.name("kind").value(network.kind());
    // A list is refused by programs that know only plain networks: none takes tanh for relu.
    if (network.isPlain()) {
      json.name("hidden").value(network.hidden().get(0));
      json.name("latent").value(network.latent());
    } else {
      json.name("hidden").jsonValue(network.hidden().toString());
      json.name("latent").value(network.latent());
      json.name("activation").value(network.activation());
    }
    json.endObject();
    json.name("likelihood").beginObject();
    json.name("kind").value(likelihood.kind());
    json.name("deviationFloor").value(likelihood.deviationFloor());
    json.name("inputClip").value(likelihood.inputClip());
    if (likelihood.degreesOfFreedom() > 0) {
      json.name("degreesOfFreedom").value(likelihood.degreesOfFreedom());
    }
    json.endObject();
    json.name("noise").beginObject();
    json.name("samples").value(noise.samples());
    json.name("sequence").value(noise.sequence());
    json.endObject();
  }

  private void writeScaler(Scaler scaler) throws IOException {
    json.name("scaler").beginObject();
    json.name("global").beginObject();
    writeScale(scaler.global());
    json.endObject();
    json.name("series").beginObject();
    for (Map.Entry<String, FeatureScale> series : scaler.series().entrySet()) {
      json.name(series.getKey()).beginObject();
      if (!series.getValue().equals(scaler.global())) {
        writeScale(series.getValue());
      }
      json.endObject();
    }
    json.endObject();
    json.name("scoreOffsets").beginObject();
    for (Map.Entry<String, Double> offset : scaler.scoreOffsets().entrySet()) {
      json.name(offset.getKey()).value(offset.getValue());
    }
    json.endObject();
    json.endObject();
  }

  private void writeScale(FeatureScale scale) throws IOException {
    json.name("centre").jsonValue(Arrays.toString(scale.centre()));
    json.name("scale").jsonValue(Arrays.toString(scale.scale()));
  }

  private void writeFeatureLosses(FeatureLosses losses) throws IOException {
    json.name("featureLosses").beginObject();
    json.name("mean").jsonValue(Arrays.toString(losses.mean()));
    json.name("variance").jsonValue(Arrays.toString(losses.variance()));
    json.endObject();
  }

  private void writeCalibration(Calibration calibration) throws IOException {
    json.name("calibration").beginObject();
    writeTables(calibration);
    if (calibration.smoothed().isPresent()) {
      SmoothedCalibration smoothed = calibration.smoothed().get();
      json.name("smoothed").beginObject();
      json.name("records").value(smoothed.records());
      writeTables(smoothed.calibration());
      json.endObject();
    }
    json.endObject();
  }

  private void writeTables(Calibration calibration) throws IOException {
    CalibrationTable table = calibration.table();
    json.name("sample").value(table.sample());
    json.name("effectiveSample").value(table.effectiveSample());
    json.name("tailThreshold").value(table.tailThreshold());
    json.name("tailShape").value(table.tailShape());
    json.name("tailScale").value(table.tailScale());
    json.name("statistics").jsonValue(Arrays.toString(table.statistics()));
    json.name("atLeast").jsonValue(Arrays.toString(table.atLeast()));
    if (calibration.episodes().isPresent()) {
      writeEpisodes(calibration.episodes().get().table());
    }
  }

  private void writeEpisodes(EpisodeTable table) throws IOException {
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

  private void writeProvenance(Provenance provenance) throws IOException {
    json.name("provenance").beginObject();
    json.name("spanStartMillis").value(provenance.spanStartMillis());
    json.name("spanEndMillis").value(provenance.spanEndMillis());
    json.name("rows").value(provenance.rows());
    json.name("dataDigest").value(provenance.dataDigest());
    json.name("seed").value(provenance.seed());
    json.name("codeVersion").value(provenance.codeVersion());
    json.name("trigger").value(provenance.trigger());
    if (provenance.trainingDigest().isPresent()) {
      json.name("trainingDigest").value(provenance.trainingDigest().get());
    }
    if (provenance.startedFrom().isPresent()) {
      json.name("startedFrom").value(provenance.startedFrom().get());
    }
    if (provenance.recalibrated().isPresent()) {
      Provenance.Recalibrated recalibrated = provenance.recalibrated().get();
      json.name("recalibrated").beginObject();
      json.name("parent").value(recalibrated.parent());
      json.name("spanStartMillis").value(recalibrated.spanStartMillis());
      json.name("spanEndMillis").value(recalibrated.spanEndMillis());
      json.name("rows").value(recalibrated.rows());
      json.name("dataDigest").value(recalibrated.dataDigest());
      json.endObject();
    }
    json.endObject();
  }

  private void writeWeights(WeightsFile weights) throws IOException {
    json.name("weights").beginObject();
    json.name("file").value(weights.file());
    json.name("bytes").value(weights.bytes());
    json.name("sha256").value(weights.sha256());
    json.name("tensors").beginObject();
    for (Map.Entry<String, List<Integer>> tensor : weights.shapes().entrySet()) {
      json.name(tensor.getKey()).jsonValue(tensor.getValue().toString());
    }
    json.endObject();
    json.endObject();
  }
}
