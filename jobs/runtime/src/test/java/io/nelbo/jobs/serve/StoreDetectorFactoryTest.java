package io.nelbo.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.DamagedModel;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.detect.Detector;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From an announcement to a detector, or to the reason why there is none. */
final class StoreDetectorFactoryTest {
  @TempDir private Path folder;

  @Test
  void anIntactModelOfTheConfiguredShapeIsOpened() throws Exception {
    PublishedArtifact model = TestModels.publish(folder.resolve("store"), 1, 1);

    try (Detector detector = factory("").open(TestModels.activation(model, 0, 0))) {
      assertThat(detector.featureNames()).containsExactly("a", "b", "c");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedModelIsRefusedForWhatItsBytesSay(DamagedModel damage) throws Exception {
    ModelNotice notice = damage.announced(folder, 0, 0);

    assertThatThrownBy(() -> factory("").open(notice))
        .isInstanceOfSatisfying(
            ArtifactException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(damage.reason()));
  }

  @Test
  void refusalsOfAnotherShapeNameBothSides() throws Exception {
    ModelNotice features = DamagedModel.OTHER_FEATURES.announced(folder, 0, 0);
    ModelNotice window = DamagedModel.OTHER_WINDOW.announced(folder, 1, 0);

    assertThatThrownBy(() -> factory("").open(features))
        .hasMessage("artifact has features [a, c, b], the configuration has [a, b, c]");
    assertThatThrownBy(() -> factory("").open(window))
        .hasMessage("artifact has windows of 2 records, the configuration has window.length 1");
  }

  @Test
  void aModelOfAnotherContextIsRefusedBothWays() throws Exception {
    PublishedArtifact without = TestModels.publish(folder.resolve("store"), 1, 1);
    ModelNotice with = DamagedModel.WITH_CONTEXT.announced(folder, 1, 0);
    StoreDetectorFactory asking = factory("", "context: {calendar: [hour-of-day]}\n");

    assertThatThrownBy(() -> asking.open(TestModels.activation(without, 0, 0)))
        .hasMessage(
            "artifact has context [], the configuration has"
                + " [sine of hour-of-day in UTC, cosine of hour-of-day in UTC]")
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_FEATURES));
    assertThatThrownBy(() -> factory("").open(with))
        .hasMessage("artifact has context [load], the configuration has []");
  }

  @Test
  void aModelAnnouncedUnderAnotherVersionIsRefused() throws Exception {
    PublishedArtifact model = TestModels.publish(folder.resolve("store"), 1, 1);
    ModelNotice misnamed =
        TestModels.activation(
            new PublishedArtifact(model.modelId(), "v000002", model.uri(), model.sha256()), 0, 0);

    assertThatThrownBy(() -> factory("").open(misnamed))
        .hasMessage("artifact is test v000001, announced as test v000002")
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void anArtifactOverTheConfiguredSizeIsRefused() throws Exception {
    PublishedArtifact model = TestModels.publish(folder.resolve("store"), 1, 1);

    assertThatThrownBy(() -> factory(", max-bytes: 1KiB").open(TestModels.activation(model, 0, 0)))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void anAlarmBudgetPerSeriesAndDayNeedsACalibrationThatCountedEpisodes() throws Exception {
    Path store = folder.resolve("store");
    ModelArtifact counted = TestModels.artifact(1, 1);
    Manifest manifest = counted.manifest();
    Manifest old =
        manifest.recalibrated(
            "v000002",
            Calibration.of(manifest.calibration().table()),
            manifest.provenance(),
            manifest.figures());
    PublishedArtifact with = new LocalArtifactStore(store).publish(counted);
    PublishedArtifact without =
        new LocalArtifactStore(store).publish(new ModelArtifact(old, counted.tensors()));
    NelboConfig config =
        TestConfig.of(
            "alert: {false-alarms-per-series-day: 2000}\nmodel: {store: %s, device: cpu}"
                .formatted(store));

    StoreDetectorFactory factory = ConfiguredModels.detectors(config);

    try (Detector detector = factory.open(TestModels.activation(with, 0, 0))) {
      assertThat(detector.borderPValue())
          .isEqualTo(manifest.calibration().borderPValue(config.alert().budget()))
          .isBetween(1e-3, 0.5);
    }
    assertThatThrownBy(() -> factory.open(TestModels.activation(without, 1, 0)))
        .hasMessage(
            "artifact cannot keep to the alarms asked for: its calibration counts no"
                + " episodes: run 'nelbo recalibrate', or train again")
        .isInstanceOfSatisfying(
            ArtifactException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_CALIBRATION));
  }

  @Test
  void aModelCalibratedForOtherMeansIsRefusedAndToldApartFromOneForNone() throws Exception {
    Path store = folder.resolve("store");
    ModelArtifact means = TestModels.artifact(1, 1);
    Manifest manifest = means.manifest();
    Manifest old =
        manifest.recalibrated(
            "v000002",
            Calibration.of(manifest.calibration().table()),
            manifest.provenance(),
            manifest.figures());
    ModelNotice three = TestModels.activation(new LocalArtifactStore(store).publish(means), 0, 0);
    ModelNotice none =
        TestModels.activation(
            new LocalArtifactStore(store).publish(new ModelArtifact(old, means.tensors())), 1, 0);

    StoreDetectorFactory asking = factory("", "alert: {smooth: 8}\n");

    factory("", "alert: {smooth: 3}\n").open(three).close();
    assertThatThrownBy(() -> asking.open(three))
        .hasMessage(
            "artifact cannot keep to the alarms asked for: its calibration is of means over 3"
                + " records, alert.smooth is 8: run 'nelbo recalibrate', or train again, or set it so")
        .isInstanceOfSatisfying(
            ArtifactException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_CALIBRATION));
    assertThatThrownBy(() -> asking.open(none))
        .hasMessageContaining("its calibration is of single records, alert.smooth is 8");
  }

  private StoreDetectorFactory factory(String more) {
    return factory(more, "");
  }

  private StoreDetectorFactory factory(String more, String section) {
    return ConfiguredModels.detectors(
        TestConfig.of(
            "model: {store: %s, device: cpu%s}\n%s"
                .formatted(folder.resolve("store"), more, section)));
  }
}
