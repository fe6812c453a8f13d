package io.nelbo.jobs.stream;

import io.nelbo.jobs.retrain.DriftProgress;
import io.nelbo.jobs.retrain.RetrainProgress;
import io.nelbo.jobs.retrain.SampledSegment;
import io.nelbo.jobs.retrain.SegmentKey;
import io.nelbo.jobs.retrain.SeriesCursor;
import io.nelbo.jobs.retrain.ShadowCandidate;
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
        DriftProgress.class,
        ModelNotice.class,
        Observed.class,
        Rejected.class,
        RetrainProgress.class,
        SampledSegment.class,
        Scored.class,
        SegmentKey.class,
        SeriesCursor.class,
        ShadowCandidate.class,
        Episode.class,
        SeriesState.class,
        RecentSurprise.class
      })
  void everyTypeOnAStreamOrInStateSerialisesWithoutKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }
}
