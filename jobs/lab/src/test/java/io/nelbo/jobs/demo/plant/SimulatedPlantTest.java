package io.nelbo.jobs.demo.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.nelbo.jobs.demo.feed.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatedPlantTest {
  private static PlantConfig config(long seed) {
    return config(seed, Optional.empty());
  }

  /** Changes after two of four days. */
  private static PlantConfig changing(long seed) {
    return config(seed, Optional.of(Duration.ofDays(2)));
  }

  private static PlantConfig config(long seed, Optional<Duration> change) {
    return new PlantConfig(
        seed, 12, Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofDays(4), change);
  }

  @Test
  void theSameSeedGivesTheSameReadingsAndFaults() {
    SimulatedPlant one = new SimulatedPlant(config(7));

    SimulatedPlant other = new SimulatedPlant(config(7));

    assertThat(other.faults()).isEqualTo(one.faults());
    for (int step = 0; step < one.steps(); step += 501) {
      List<Reading> expected = one.readings(step);
      List<Reading> actual = other.readings(step);
      for (int pump = 0; pump < expected.size(); pump++) {
        assertThat(actual.get(pump).values()).isEqualTo(expected.get(pump).values());
      }
    }
  }

  @Test
  void anotherSeedGivesAnotherPlant() {
    SimulatedPlant one = new SimulatedPlant(config(7));

    SimulatedPlant other = new SimulatedPlant(config(8));

    assertThat(other.faults()).isNotEqualTo(one.faults());
    assertThat(other.readings(100).get(0).values()).isNotEqualTo(one.readings(100).get(0).values());
  }

  @Test
  void everyPumpReadsOnceEveryThirtySecondsFromMidnight() {
    SimulatedPlant plant = new SimulatedPlant(config(1));

    List<Reading> third = plant.readings(2);

    assertThat(plant.steps()).isEqualTo(4 * 2880);
    assertThat(third).hasSize(12);
    assertThat(third.get(6).series()).isEqualTo("pump-07");
    assertThat(third)
        .allSatisfy(r -> assertThat(r.time()).isEqualTo(PlantConfig.START.plusSeconds(60)));
    assertThat(third).allSatisfy(r -> assertThat(r.values()).hasSize(Sensors.NAMES.size()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everySensorRangesWidelyButCanBeToldFromTheOthers(long seed) {
    List<float[][]> pumps = SimulatedPlant.simulate(config(seed));

    for (float[][] pump : pumps) {
      double[] unexplained = unexplainedShares(pump, 2880);
      for (int sensor = 0; sensor < Sensors.COUNT; sensor++) {
        assertThat(unexplained[sensor])
            .as("standard deviation of %s given the others", Sensors.NAMES.get(sensor))
            .isBetween(0.02, 0.35);
      }
    }
  }

  @Test
  void laterDaysLookLikeTheFirst() {
    List<float[][]> pumps = SimulatedPlant.simulate(config(3));

    int outside = 0;
    int total = 0;
    for (float[][] pump : pumps) {
      NormalHistory history = new NormalHistory(pump, 0, 2880);
      for (int step = 2880; step < pump.length; step++) {
        outside += history.contains(pump[step]) ? 0 : 1;
        total++;
      }
    }

    assertThat((double) outside / total).isLessThan(0.05);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void twoInFiveFaultsAtLeastHideInsideEverySensorsNormalRange(long seed) {
    PlantConfig config = config(seed);
    List<float[][]> healthy = SimulatedPlant.simulate(config);

    SimulatedPlant plant = new SimulatedPlant(config);

    long inside = plant.faults().stream().filter(f -> staysInside(f, plant, healthy)).count();
    assertThat(plant.faults()).hasSizeBetween(13, 15);
    assertThat((double) inside / plant.faults().size()).isGreaterThanOrEqualTo(0.4);
    assertThat(plant.faults().stream().filter(PlantedFault::insideNormalRange))
        .hasSize((int) inside);
  }

  private static boolean staysInside(
      PlantedFault fault, SimulatedPlant plant, List<float[][]> healthy) {
    int pump = Integer.parseInt(fault.series().substring(5)) - 1;
    float[] least = new float[Sensors.COUNT];
    float[] greatest = new float[Sensors.COUNT];
    Arrays.fill(least, Float.MAX_VALUE);
    Arrays.fill(greatest, -Float.MAX_VALUE);
    for (int past = 0; past < 2880; past++) {
      for (int sensor = 0; sensor < Sensors.COUNT; sensor++) {
        least[sensor] = Math.min(least[sensor], healthy.get(pump)[past][sensor]);
        greatest[sensor] = Math.max(greatest[sensor], healthy.get(pump)[past][sensor]);
      }
    }
    boolean inside = true;
    for (int step = 2880; step < plant.steps(); step++) {
      Reading reading = plant.readings(step).get(pump);
      boolean during =
          !reading.time().isBefore(fault.start()) && reading.time().isBefore(fault.end());
      for (int sensor = 0; during && sensor < Sensors.COUNT; sensor++) {
        float value = reading.values()[sensor];
        inside &= value >= least[sensor] && value <= greatest[sensor];
      }
    }
    return inside;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void faultsAreOfEveryKindModestAndApart(long seed) {
    SimulatedPlant plant = new SimulatedPlant(config(seed));

    Set<FaultKind> kinds = new HashSet<>();
    List<PlantedFault> seen = new ArrayList<>();
    for (PlantedFault fault : plant.faults()) {
      kinds.add(fault.kind());
      assertThat(fault.sizeSigmas()).isBetween(2.0, 4.001);
      assertThat(fault.start())
          .isAfter(PlantConfig.START.plus(Duration.ofHours(26)).minusSeconds(1));
      assertThat(fault.length()).isBetween(Duration.ofSeconds(30), Duration.ofHours(6));
      assertThat(seen)
          .filteredOn(other -> other.series().equals(fault.series()))
          .allSatisfy(
              other ->
                  assertThat(fault.start())
                      .isAfterOrEqualTo(other.end().plus(Duration.ofMinutes(90))));
      seen.add(fault);
    }
    assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
    assertThat(plant.faults().stream().map(PlantedFault::series).distinct().count())
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void faultyReadingsAreMarkedAndNoOthersAreTouched() {
    PlantConfig config = config(4);
    List<float[][]> healthy = SimulatedPlant.simulate(config);

    SimulatedPlant plant = new SimulatedPlant(config);

    for (int step = 0; step < plant.steps(); step++) {
      for (int pump = 0; pump < 12; pump++) {
        Reading reading = plant.readings(step).get(pump);
        boolean untouched = Arrays.equals(reading.values(), healthy.get(pump)[step]);
        if (!untouched && !reading.anomalous().orElseThrow()) {
          fail("%s at %s was changed without a mark", reading.series(), reading.time());
        }
      }
    }
  }

  @Test
  void refusesAPlantWithNoRoomForFaults() {
    assertThatThrownBy(
            () ->
                new PlantConfig(
                    1,
                    12,
                    Duration.ofSeconds(30),
                    Duration.ofDays(1),
                    Duration.ofHours(30),
                    Optional.empty()))
        .hasMessage(
            "length (PT30H) must be at least the training span (PT24H) plus PT12H: the faults would"
                + " not fit");
  }

  @Test
  void refusesAChangeThatTheFirstModelWouldLearn() {
    assertThatThrownBy(() -> config(1, Optional.of(Duration.ofHours(12))))
        .hasMessage(
            "change (PT12H) must come after the training span (PT24H) and before the end (PT96H)");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyPumpShakesMoreFromDayToDayThanItsLoadExplains(long seed) {
    for (float[][] pump : SimulatedPlant.simulate(config(seed))) {
      double[] known = vibrationByLoad(pump, 0, 2880);

      double second = unexplainedVibration(known, pump, 2880, 2 * 2880);
      double fourth = unexplainedVibration(known, pump, 3 * 2880, 4 * 2880);

      assertThat(fourth).isBetween(0.001, 0.05).isGreaterThan(second);
    }
  }

  /** Share of the vibration beyond what its load says, on average. */
  private static double unexplainedVibration(double[] known, float[][] pump, int from, int until) {
    double unexplained = 0;
    double vibration = 0;
    for (int step = from; step < until; step++) {
      double[] load = load(pump[step]);
      double expected = 0;
      for (int i = 0; i < load.length; i++) {
        expected += known[i] * load[i];
      }
      unexplained += pump[step][Sensors.VIBRATION_HORIZONTAL] - expected;
      vibration += pump[step][Sensors.VIBRATION_HORIZONTAL];
    }
    return unexplained / vibration;
  }

  /** Least squares. */
  private static double[] vibrationByLoad(float[][] pump, int from, int until) {
    int n = load(pump[from]).length;
    double[][] squares = new double[n][n];
    double[] products = new double[n];
    for (int step = from; step < until; step++) {
      double[] load = load(pump[step]);
      for (int i = 0; i < n; i++) {
        products[i] += load[i] * pump[step][Sensors.VIBRATION_HORIZONTAL];
        for (int j = 0; j < n; j++) {
          squares[i][j] += load[i] * load[j];
        }
      }
    }
    double[][] inverse = inverse(squares);
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        weights[i] += inverse[i][j] * products[j];
      }
    }
    return weights;
  }

  private static double[] load(float[] reading) {
    double flow = reading[Sensors.FLOW];
    double pressure = reading[Sensors.DISCHARGE_PRESSURE];
    return new double[] {1, flow, pressure, flow * flow, flow * pressure};
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anotherProductChangesWhatIsNormalForEveryPumpAtOnce(long seed) {
    List<float[][]> same = SimulatedPlant.simulate(config(seed));

    List<float[][]> changed = SimulatedPlant.simulate(changing(seed));

    for (int pump = 0; pump < 12; pump++) {
      assertThat(changed.get(pump)[5759]).as("before").isEqualTo(same.get(pump)[5759]);
      double[] before = means(same.get(pump), 5760 + 120, 4 * 2880);
      double[] after = means(changed.get(pump), 5760 + 120, 4 * 2880);
      assertThat(after[Sensors.FLOW]).isLessThan(0.96 * before[Sensors.FLOW]);
      assertThat(after[Sensors.DISCHARGE_PRESSURE] / after[Sensors.FLOW])
          .isGreaterThan(1.08 * before[Sensors.DISCHARGE_PRESSURE] / before[Sensors.FLOW]);
      assertThat(after[Sensors.BEARING_TEMPERATURE])
          .isGreaterThan(before[Sensors.BEARING_TEMPERATURE] + 1);
      assertThat(after[Sensors.VIBRATION_HORIZONTAL])
          .isLessThan(0.95 * before[Sensors.VIBRATION_HORIZONTAL]);
    }
  }

  private static double[] means(float[][] pump, int from, int until) {
    double[] means = new double[Sensors.COUNT];
    for (int step = from; step < until; step++) {
      for (int sensor = 0; sensor < Sensors.COUNT; sensor++) {
        means[sensor] += pump[step][sensor] / (double) (until - from);
      }
    }
    return means;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void faultsArePlantedInBothRegimesAndNoneLiesInBoth(long seed) {
    PlantConfig config = changing(seed);
    Instant change = PlantConfig.START.plus(Duration.ofDays(2));

    List<PlantedFault> faults = new SimulatedPlant(config).faults();

    assertThat(faults).anyMatch(fault -> fault.end().isBefore(change));
    assertThat(faults).anyMatch(fault -> fault.start().isAfter(change));
    assertThat(faults)
        .allMatch(fault -> !fault.end().isAfter(change) || !fault.start().isBefore(change));
    assertThat(faults).filteredOn(PlantedFault::insideNormalRange).hasSizeGreaterThan(4);
  }

  /** Deviation of each sensor given all others, as a share of its own: 1 / sqrt of (R^-1)_ii. */
  private static double[] unexplainedShares(float[][] readings, int steps) {
    int n = Sensors.COUNT;
    double[] mean = new double[n];
    double[][] covariance = new double[n][n];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < n; i++) {
        mean[i] += readings[step][i] / steps;
      }
    }
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i][j] += (readings[step][i] - mean[i]) * (readings[step][j] - mean[j]) / steps;
        }
      }
    }
    double[][] inverse = inverse(covariance);
    double[] shares = new double[n];
    for (int i = 0; i < n; i++) {
      shares[i] = 1 / Math.sqrt(inverse[i][i] * covariance[i][i]);
    }
    return shares;
  }

  /** Gauss-Jordan without pivoting, for a positive definite matrix. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int pivot = 0; pivot < n; pivot++) {
      double scale = work[pivot][pivot];
      for (int j = 0; j < 2 * n; j++) {
        work[pivot][j] /= scale;
      }
      for (int i = 0; i < n; i++) {
        double factor = work[i][pivot];
        for (int j = 0; i != pivot && j < 2 * n; j++) {
          work[i][j] -= factor * work[pivot][j];
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(work[i], n, inverse[i], 0, n);
    }
    return inverse;
  }
}
