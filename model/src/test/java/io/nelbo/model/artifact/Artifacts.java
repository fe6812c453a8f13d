package io.nelbo.model.artifact;

import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.calibrate.SmoothedCalibration;
import io.nelbo.model.calibrate.WatchedStatistics;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.scale.Scaler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Small artifacts for tests, every number of which is awkward to write down in decimal. */
final class Artifacts {
  private Artifacts() {}

  static ModelArtifact artifact(String modelId, String version, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[12];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = (float) random.nextGaussian();
    }
    return new ModelArtifact(
        manifest(modelId, version, random),
        Map.of(
            "encoder.weight", new Tensor(new int[] {3, 4}, weights),
            "noise", new Tensor(new int[] {2}, new float[] {0.1f, -0.1f})));
  }

  /** As it was before there were losses per feature. */
  static Manifest ofFirstFormat(Manifest manifest) {
    return new Manifest(
        new ModelLabel(1, manifest.modelId(), manifest.version(), manifest.family()),
        manifest.window(),
        manifest.network(),
        manifest.scaler(),
        Optional.empty(),
        manifest.calibration(),
        manifest.provenance(),
        manifest.figures());
  }

  /** The same with all that is optional: episodes, means, and a calibration of its own. */
  static ModelArtifact recalibrated(String modelId, String version, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ModelArtifact parent = artifact(modelId, "v000041", seed);
    Manifest manifest = parent.manifest();
    long[] times = LongStream.range(0, 50).map(i -> i * i).toArray();
    WatchedStatistics watched =
        new WatchedStatistics(new int[50], times, awkward(random, 50), random.nextDouble());
    Provenance.Recalibrated records =
        new Provenance.Recalibrated("v000041", new Provenance.Records(-7, 9, 12, "def"));
    return new ModelArtifact(
        manifest.recalibrated(
            version,
            manifest
                .calibration()
                .withEpisodes(EpisodeRates.fit(watched, 7))
                .withSmoothed(
                    new SmoothedCalibration(
                        5,
                        -0.1,
                        2.5,
                        Calibration.fit(awkward(new SplittableRandom(~seed), 70), 12.3),
                        Calibration.fit(awkward(new SplittableRandom(seed + 1), 70), 11.3))),
            manifest.provenance().recalibrated(records, "recalibrate"),
            manifest.figures()),
        parent.tensors());
  }

  private static Manifest manifest(String modelId, String version, SplittableRandom random) {
    FeatureScale global = new FeatureScale(awkward(random, 2), awkward(random, 2));
    FeatureScale pump = new FeatureScale(awkward(random, 2), awkward(random, 2));
    return new Manifest(
        new ModelLabel(2, modelId, version, "vae"),
        new WindowShape(4, new RecordColumns(List.of("temperature \u00b0C", "vibration"))),
        new DenseNetworkSpec(
            128, 3, new LikelihoodSpec("gaussian", 0.05, 0.1f + 7), new NoiseSpec(8, "antithetic")),
        Scaler.of(
            global,
            Map.of("pump \"1\"", pump, "pump-2", global),
            Map.of("pump-2", -random.nextDouble())),
        Optional.of(new FeatureLosses(new double[] {-1.0 / 3, 2}, new double[] {0.1, 4e-300})),
        Calibration.fit(awkward(random, 300), 123.4),
        new Provenance(
            new Provenance.Records(-5, 1_700_000_000_123L, 1000, "abc123"),
            Long.MIN_VALUE,
            "0.1.0",
            "first"),
        Map.of("heldOutNegativeElbo", random.nextDouble() * 1e-300, "activeLatents", 2.0));
  }

  private static double[] awkward(SplittableRandom random, int size) {
    return random.doubles(size).map(value -> value / 3 + Double.MIN_NORMAL).toArray();
  }
}
