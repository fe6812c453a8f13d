package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.ChannelCalibrations;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ChannelFitTest {
  private static final List<String> NAMES = List.of("light", "heavy", "bounded");
  private static final int HELD_OUT = 600;
  private static final int TRAININGS = 40;
  private static final int LATER = 2_000;

  /** Channels with tails of all kinds: over many calibrations the asked share alarms. */
  @Test
  void theAskedShareOfLaterWindowsAlarms() {
    SplittableRandom random = new SplittableRandom(3);
    double rate = 0.0017; // the smallest that so many support
    long alarms = 0;
    for (int training = 0; training < TRAININGS; training++) {
      ChannelFit fit = new ChannelFit(NAMES, figures(HELD_OUT, random));
      double[] statistics = fit.statistics();
      Calibration calibration = Calibration.fit(statistics, EffectiveSample.of(statistics));
      ChannelCalibrations channels = fit.calibrations();
      double[][] later = figures(LATER, random);
      for (int i = 0; i < LATER; i++) {
        double[] own = {later[0][i], later[1][i], later[2][i]};
        double statistic = ChannelCalibrations.statistic(channels.surprises(own));
        alarms += calibration.pValue(statistic) <= rate ? 1 : 0;
      }
    }

    double measured = (double) alarms / (TRAININGS * LATER);

    assertThat(measured / rate).isCloseTo(1, within(0.5));
  }

  @Test
  void aFewWindowsAreCalibratedTogether() {
    ChannelFit fit = new ChannelFit(NAMES, figures(20, new SplittableRandom(4)));

    double[] statistics = fit.statistics();

    assertThat(statistics).hasSize(20);
    for (double statistic : statistics) {
      assertThat(statistic).isFinite().isNotNegative();
    }
  }

  private static double[][] figures(int count, SplittableRandom random) {
    double[][] figures = new double[3][count];
    for (int i = 0; i < count; i++) {
      figures[0][i] = random.nextGaussian();
      figures[1][i] = Math.exp(random.nextGaussian());
      figures[2][i] = 3 - Math.pow(random.nextDouble(), 0.25);
    }
    return figures;
  }
}
