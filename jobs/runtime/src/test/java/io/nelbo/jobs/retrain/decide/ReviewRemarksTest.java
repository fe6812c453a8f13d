package io.nelbo.jobs.retrain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.learn.IncumbentReview;
import io.nelbo.model.learn.Slides;
import io.nelbo.model.learn.SpanReview;
import io.nelbo.model.learn.SpanReview.Piece;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReviewRemarksTest {
  @Test
  void whereAllIsNormalThereIsNothingToSay() {
    assertThat(ReviewRemarks.of(review(0))).isEmpty();
  }

  @Test
  void aSeriesIsNamedOnceHoweverManyOfItsBucketsAreLeftOut() {
    List<String> remarks =
        ReviewRemarks.of(review(0, new Piece("b", 1), new Piece("a", 1), new Piece("b", 2)));

    assertThat(remarks)
        .containsExactly("left out for faults, where more than 5 % of the rows alarm: a, b");
  }

  @Test
  void ofManySeriesTheFirstFiveAreNamed() {
    Piece[] pieces = new Piece[7];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = new Piece("s" + i, 0);
    }

    List<String> remarks = ReviewRemarks.of(review(0, pieces));

    assertThat(remarks)
        .containsExactly(
            "left out for faults, where more than 5 % of the rows alarm: s0, s1, s2, s3, s4 and 2"
                + " more");
  }

  @Test
  void aNewNormalIsSaidBeforeWhatIsLeftOut() {
    List<String> remarks = ReviewRemarks.of(review(3, new Piece("d", 0)));

    assertThat(remarks)
        .containsExactly(
            "REGIME_CHANGE: at least half of the series have changed for 3 slides in a row, their"
                + " rows are trained on",
            "left out for faults, where more than 5 % of the rows alarm: d");
  }

  @Test
  void anIncumbentThatCannotAnswerIsNamedWithTheReason() {
    String remark =
        ReviewRemarks.of(new IncumbentReview.Unusable("v000003", "weights.safetensors is damaged"));

    assertThat(remark)
        .isEqualTo(
            "v000003 does not say which records are strange: weights.safetensors is damaged");
  }

  private static SpanReview review(int changedInARow, Piece... leftOut) {
    return new SpanReview(
        new Slides(1_000, 3), Set.of(leftOut), List.of(), changedInARow, Long.MIN_VALUE);
  }
}
