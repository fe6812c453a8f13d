package io.nelbo.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.calibrate.SmoothedCalibration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {
  private static final ModelArtifact ARTIFACT = Artifacts.artifact("demo", "v000001", 7);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyNumberIsReadBackBitForBit(long seed) throws Exception {
    ModelArtifact artifact = Artifacts.artifact("demo", "v000001", seed);
    Manifest manifest = artifact.manifest();

    Manifest read = ManifestReader.read(written(artifact)).manifest();

    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("scaler", "calibration")
        .isEqualTo(manifest);
    assertThat(read.scaler()).usingRecursiveComparison().isEqualTo(manifest.scaler());
    assertThat(read.calibration()).usingRecursiveComparison().isEqualTo(manifest.calibration());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void episodesMeansAndTheParentAreReadBackToo(long seed) throws Exception {
    ModelArtifact artifact = Artifacts.recalibrated("demo", "v000042", seed);
    Manifest manifest = artifact.manifest();

    Manifest read = ManifestReader.read(written(artifact)).manifest();

    assertThat(read.provenance()).isEqualTo(manifest.provenance());
    assertThat(read.calibration()).usingRecursiveComparison().isEqualTo(manifest.calibration());
    assertThat(read.calibration().episodes().orElseThrow().table())
        .usingRecursiveComparison()
        .isEqualTo(manifest.calibration().episodes().orElseThrow().table());
    SmoothedCalibration smoothed = read.calibration().smoothed().orElseThrow();
    assertThat(smoothed.records()).isEqualTo(5);
    SmoothedCalibration written = manifest.calibration().smoothed().orElseThrow();
    assertThat(smoothed.centre()).isEqualTo(written.centre());
    assertThat(smoothed.spread()).isEqualTo(written.spread());
    assertThat(smoothed.means().table())
        .usingRecursiveComparison()
        .isEqualTo(written.means().table());
    assertThat(smoothed.together().table())
        .usingRecursiveComparison()
        .isEqualTo(written.together().table());
  }

  @Test
  void writingWhatWasReadGivesTheSameBytes() throws Exception {
    byte[] first = written(ARTIFACT);

    ManifestReader.Read read = ManifestReader.read(first);

    assertThat(ManifestWriter.write(read.manifest(), read.weights())).isEqualTo(first);
  }

  @Test
  void whatTheTrainingDependedOnIsReadBackAndMayBeMissing() throws Exception {
    Manifest plain = ARTIFACT.manifest();
    Manifest told =
        plain.movedTo(
            "demo",
            "v000001",
            plain.provenance().ofTraining("0a".repeat(32), Optional.of("v000041")));

    Manifest read =
        ManifestReader.read(written(new ModelArtifact(told, ARTIFACT.tensors()))).manifest();
    Manifest old = ManifestReader.read(written(ARTIFACT)).manifest();

    assertThat(read.provenance()).isEqualTo(told.provenance());
    assertThat(read.provenance().trainingDigest()).contains("0a".repeat(32));
    assertThat(old.provenance().trainingDigest()).isEmpty();
  }

  @Test
  void aPersonCanReadIt() throws Exception {
    String text = new String(written(ARTIFACT), StandardCharsets.UTF_8);

    assertThat(text)
        .startsWith(
            """
            {
              "formatVersion": 2,
              "modelId": "demo",
              "version": "v000001",
              "family": "vae",
              "windowLength": 4,
              "featureNames": [
                "temperature \u00b0C",
                "vibration"
              ],
              "network": {
                "kind": "dense",
                "hidden": 128,
                "latent": 3
              },
            """)
        .contains("\"inputClip\": 7.1")
        .contains("\"encoder.weight\": [3, 4]")
        .endsWith("}\n");
  }

  @Test
  void aNetworkThatIsNotPlainListsItsLayersAndItsActivation() throws Exception {
    String text = new String(written(ARTIFACT), StandardCharsets.UTF_8);

    String deep =
        text.replace("\"hidden\": 128", "\"hidden\": [200, 100]")
            .replace("\"latent\": 3", "\"latent\": 50,\n    \"activation\": \"tanh\"");

    ManifestReader.Read read = read(deep);
    DenseNetworkSpec plain = (DenseNetworkSpec) ARTIFACT.manifest().network();
    assertThat(read.manifest().network())
        .isEqualTo(
            new DenseNetworkSpec(
                List.of(200, 100), 50, "tanh", false, plain.likelihood(), plain.noise()));
    assertThat(ManifestWriter.write(read.manifest(), read.weights()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(deep);
  }

  @Test
  void contextIsNamedBehindTheFeatures() throws Exception {
    String text = new String(written(ARTIFACT), StandardCharsets.UTF_8);

    String surplus = moved(text).replace("\"vibration\"", "\"vibration\",\n    \"load\"");

    assertThatThrownBy(() -> read(surplus))
        .hasMessageContaining("featureNames and contextNames name 3 values, the scaler scales 2");
    ManifestReader.Read read = read(moved(text));
    assertThat(read.manifest().featureNames()).containsExactly("temperature \u00b0C");
    assertThat(read.manifest().contextNames()).containsExactly("vibration");
    assertThat(ManifestWriter.write(read.manifest(), read.weights()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(moved(text));
  }

  /** The second feature has become context. */
  private static String moved(String manifest) {
    return manifest
        .replace(
            "    \"temperature \u00b0C\",\n    \"vibration\"\n  ],",
            "    \"temperature \u00b0C\"\n  ],\n  \"contextNames\": [\n    \"vibration\"\n  ],")
        .replace(", 2.0],", "],")
        .replace(", 4.0E-300]", "]");
  }

  @Test
  void aFutureFormatIsRefusedBeforeAnythingElseIsRead() {
    assertThatThrownBy(() -> read("{\"formatVersion\": 5}"))
        .hasMessage("model.json: formatVersion is 5, this program reads up to 4: update it")
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "windowLength": 4    | "windowLength": 4.5        | model.json: windowLength must be a 64-bit integer, got 4.5
          "windowLength": 4    | "windowLength": 4294967297 | model.json: windowLength must be a 32-bit integer, got 4294967297
          "windowLength": 4    | "windowLength": 1e999999999 | model.json: windowLength must be a 64-bit integer, got 1e999999999
          "windowLength": 4    | "windowLength": 0          | model.json: windowLength must be positive, got 0
          "windowLength": 4    | "windowLength": "4"        | model.json: windowLength must be a number, got "4"
          "windowLength"       | "windowLengths"            | model.json: windowLength is missing
          "hidden"             | "hiden"                    | model.json: network.hidden is missing
          "network": {         | "network": 3, "old": {     | model.json: network must be an object
          "modelId": "demo"    | "modelId": "../demo"       | model.json: modelId must be 1 to 100 lower-case letters, digits and inner dashes, got ../demo
          "version": "v000001" | "version": "1"             | model.json: version must look like v000042, got 1
          "activeLatents": 2.0 | "activeLatents": 1e999     | model.json: figures.activeLatents must be finite, got Infinity
          "tailShape": 0.0     | "tailShape": 0.6           | model.json: tailShape must lie in [0, 0.5], got 0.6
          "encoder.weight": [3, 4] | "encoder.weight": 12   | model.json: weights.tensors.encoder.weight must be an array
          """)
  void wrongFieldsAreRefusedByName(String found, String replaced, String message) throws Exception {
    String text = new String(written(ARTIFACT), StandardCharsets.UTF_8);
    assertThat(text).contains(found);

    assertThatThrownBy(() -> read(text.replace(found, replaced)))
        .hasMessage(message)
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "{a: 1}", "{\"formatVersion\": NaN}"})
  void whatIsNotOneStrictJsonObjectIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void figuresMustBeNumbers() {
    Manifest manifest = ARTIFACT.manifest();

    assertThatThrownBy(() -> withFigures(manifest, Map.of("auroc", Double.NaN)))
        .hasMessage("figures.auroc must be finite, got NaN");
  }

  private static Manifest withFigures(Manifest manifest, Map<String, Double> figures) {
    return new Manifest(
        manifest.label(),
        manifest.window(),
        manifest.network(),
        manifest.scaler(),
        manifest.featureLosses(),
        manifest.calibration(),
        manifest.provenance(),
        figures);
  }

  private static byte[] written(ModelArtifact artifact) throws IOException {
    byte[] weights = SafeTensorsWriter.write(artifact.tensors());
    return ManifestWriter.write(artifact.manifest(), WeightsFile.of(weights, artifact.tensors()));
  }

  private static ManifestReader.Read read(String text) throws ArtifactException {
    return ManifestReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
