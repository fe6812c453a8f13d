package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.family.Families;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.record.Segment;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FewRecordsTest {
  private final SyntheticPlant plant = new SyntheticPlant(1);

  @Test
  void thirtyRecordsTrainAndEachOfThemCalibrates() throws Exception {
    Training training = train(SyntheticPlant.config(1, 60), plant.segment("pump-1", 30, 0));

    assertThat(training.report().windows().fit()).isEqualTo(24);
    assertThat(training.report().windows().stop()).isEqualTo(6);
    assertThat(training.report().windows().calibration()).isEqualTo(30);
    Calibration calibration = training.artifact().manifest().calibration();
    assertThat(calibration.table().sample()).isEqualTo(30);
    assertThat(calibration.smallestRate()).isGreaterThanOrEqualTo(1 / 31.0);
    assertThat(training.report().warnings())
        .contains(
            "few records: 5 models that each left out a fifth of them calibrate this one by 30"
                + " windows, so that it is provisional for small false-alarm rates");
  }

  @Test
  void normalRecordsThatItHasNeverSeenAlarmAboutAsOftenAsPromised() throws Exception {
    double asked = 0.1;
    double alarms = 0;
    double promised = 0;
    for (int repetition = 0; repetition < 6; repetition++) {
      SyntheticPlant own = new SyntheticPlant(100 + repetition);
      Training training =
          train(SyntheticPlant.config(1, 120), own.segment("pump-1", 30 + repetition, 0));
      double border = training.artifact().manifest().calibration().borderPValue(asked);
      alarms += alarms(training.artifact(), own.segment("pump-1", 1000, 0), border) / 1000.0;
      promised += border;
    }

    assertThat(alarms / promised).isBetween(0.5, 1.6);
  }

  @Test
  void theSameSeedGivesTheSameBits() throws Exception {
    Segment segment = plant.segment("pump-1", 34, 0);

    Training one = train(SyntheticPlant.config(1, 40), segment);
    Training other = train(SyntheticPlant.config(1, 40), segment);

    assertThat(statistics(one)).isEqualTo(statistics(other));
  }

  @Test
  void blocksTooShortForTheUsualSplitTrainAsFewRecords() throws Exception {
    Training training = train(SyntheticPlant.config(8, 40), plant.segment("pump-1", 90, 0));

    assertThat(training.report().windows().calibration()).isEqualTo(5 * (18 - 7));
  }

  @Test
  void everyRecordCalibratesOnceAndIsThenNeitherFittedNorStoppedBy() {
    List<Segment> segments = List.of(plant.segment("pump-1", 23, 0), plant.segment("pump-2", 9, 0));
    int[] calibrated = new int[32];

    for (int fold = 0; fold < BlockSplit.FOLDS; fold++) {
      BlockSplit split = BlockSplit.ofFew(segments, 1, fold);
      int[] roles = new int[32];
      for (BlockSplit.Role role : BlockSplit.Role.values()) {
        Windows windows = split.windows(role);
        for (int window = 0; window < windows.size(); window++) {
          int row = 23 * windows.segment(window) + windows.row(window);
          roles[row]++;
          calibrated[row] += role == BlockSplit.Role.CALIBRATE ? 1 : 0;
        }
      }
      assertThat(roles).containsOnly(1);
    }

    assertThat(calibrated).containsOnly(1);
  }

  @Test
  void severalShortSeriesShareTheRoles() throws Exception {
    List<Segment> segments = new ArrayList<>();
    for (int series = 0; series < 6; series++) {
      segments.add(plant.segment("pump-" + series, 6, 0));
    }

    Training training = train(SyntheticPlant.config(1, 40), segments.toArray(Segment[]::new));

    assertThat(training.report().windows().calibration()).isEqualTo(36);
  }

  @Test
  void constantMissingAndEqualValuesAreNoObstacle() throws Exception {
    Segment segment = plant.segment("pump-1", 30, 0);
    for (int row = 0; row < 30; row++) {
      segment.values()[row * SyntheticPlant.FEATURES] = 42f;
      segment.values()[row * SyntheticPlant.FEATURES + 1] = Float.NaN;
      segment.values()[row * SyntheticPlant.FEATURES + 2] = row == 7 ? 1 : 0;
    }
    Segment constant = plant.segment("pump-1", 40, 0);
    Arrays.fill(constant.values(), 3f);

    assertThat(Arrays.stream(statistics(train(SyntheticPlant.config(1, 40), segment))))
        .isNotEmpty()
        .allMatch(Double::isFinite);
    assertThat(Arrays.stream(statistics(train(SyntheticPlant.config(1, 40), constant))))
        .isNotEmpty()
        .allMatch(Double::isFinite);
  }

  @Test
  void startsFromDrawnWeightsSinceOldOnesHaveSeenWhatIsLeftOut() throws Exception {
    Segment segment = plant.segment("pump-1", 60, 0);
    TrainingRequest request =
        SyntheticPlant.request(SyntheticPlant.span(List.of(segment)), SyntheticPlant.config(1, 40));
    Training drawn = new Trainer().train(request, TrainingListener.NONE);

    Training warm =
        new Trainer().train(request.startingFrom(drawn.artifact()), TrainingListener.NONE);

    assertThat(statistics(warm)).isEqualTo(statistics(drawn));
    assertThat(warm.artifact().manifest().provenance().startedFrom()).isEmpty();
  }

  @Test
  void tellsTheStepsOfAllModelsAsOne() throws Exception {
    List<TrainingProgress> heard = new ArrayList<>();
    TrainingSpan span = SyntheticPlant.span(List.of(plant.segment("pump-1", 30, 0)));

    new Trainer().train(SyntheticPlant.request(span, SyntheticPlant.config(1, 10)), heard::add);

    assertThat(heard).extracting(TrainingProgress::steps).containsOnly(60);
    assertThat(heard).extracting(TrainingProgress::step).isSorted().endsWith(60);
  }

  @Test
  void saysWhyThereAreTooFewWindows() {
    Segment holed = plant.segment("pump-1", 40, 0);
    for (int row = 5; row < 40; row++) {
      Arrays.fill(
          holed.values(),
          row * SyntheticPlant.FEATURES,
          row * SyntheticPlant.FEATURES + 4,
          Float.NaN);
    }

    assertThatThrownBy(() -> train(SyntheticPlant.config(1, 10), holed))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "40 records in 1 segments leave 0 windows of 1 to fit, at least 10 are needed: of 40"
                + " windows only 5 have a newest record with half of its features observed; leave"
                + " out features that are rarely there, or give records that have them");
    assertThatThrownBy(() -> train(SyntheticPlant.config(16, 10), plant.segment("pump-1", 40, 0)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "40 records in 1 segments leave 9 windows of 16 to fit, at least 10 are needed: more"
                + " records, longer segments or a shorter window");
  }

  private static Training train(TrainingConfig config, Segment... segments)
      throws TrainingException {
    return new Trainer()
        .train(
            SyntheticPlant.request(SyntheticPlant.span(List.of(segments)), config),
            TrainingListener.NONE);
  }

  private static double[] statistics(Training training) {
    return training.artifact().manifest().calibration().table().statistics();
  }

  private static long alarms(ModelArtifact artifact, Segment fresh, double border) {
    Manifest manifest = artifact.manifest();
    float[] scaled = new float[fresh.values().length];
    for (int row = 0; row < fresh.records(); row++) {
      int offset = row * SyntheticPlant.FEATURES;
      manifest.scaler().toScaled(fresh.series(), fresh.values(), offset, scaled, offset);
    }
    long alarms = 0;
    try (WindowModel scorer =
        Families.named(artifact.manifest().family(), artifact.manifest().window().record())
            .open(ModelWeights.of(artifact), EngineDevice.named("cpu"))) {
      ScoredRows scored = scorer.score(scaled, fresh.records());
      for (int row = 0; row < fresh.records(); row++) {
        double statistic = scored.statistic(row) + manifest.scaler().scoreOffset(fresh.series());
        alarms += manifest.calibration().pValue(statistic) <= border ? 1 : 0;
      }
    }
    return alarms;
  }
}
