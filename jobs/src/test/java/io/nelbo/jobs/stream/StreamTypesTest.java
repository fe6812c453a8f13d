package io.nelbo.jobs.stream;

import io.nelbo.jobs.score.Episode;
import io.nelbo.jobs.score.SeriesState;
import io.nelbo.model.calibrate.RecentSurprise;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamTypesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        AnomalyEvent.class,
        Blame.class,
        Decoded.class,
        ModelNotice.class,
        Observed.class,
        Rejected.class,
        Scored.class,
        Episode.class,
        SeriesState.class,
        RecentSurprise.class
      })
  void everyTypeOnAStreamOrInStateSerialisesWithoutKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }
}
