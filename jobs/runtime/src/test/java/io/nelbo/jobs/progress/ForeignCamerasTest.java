package io.nelbo.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForeignCamerasTest {
  private final ForeignCameras cameras = new ForeignCameras();

  @Test
  void eachSeriesIsToldOnce() {
    assertThat(cameras.see("camera-3", "128 x 128")).contains("camera-3 sends 128 x 128");
    assertThat(cameras.see("camera-3", "128 x 128")).isEmpty();
    assertThat(cameras.see("", "a GIF")).contains("a series without a name sends a GIF");
  }

  @Test
  void manySeriesAreToldOnceThatThereAreMore() {
    List<String> told = new ArrayList<>();

    for (int series = 0; series < 10_000; series++) {
      cameras.see("camera-" + series, "128 x 128").ifPresent(told::add);
    }

    assertThat(told).hasSize(51).contains("camera-49 sends 128 x 128");
    assertThat(told.get(50))
        .isEqualTo(
            "more than 50 series send images that the configuration does not take: the others are"
                + " not named");
  }
}
