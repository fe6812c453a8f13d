package io.nelbo.jobs.evaluate.baseline;

/** The standardised frame itself: no model at all. */
final class PixelNorm implements FrameBaseline {
  @Override
  public String name() {
    return "pixel-norm";
  }

  @Override
  public Fitted fit(float[][] frames, PlaneBlur blur) {
    Standardisation scale = Standardisation.fit(frames);
    return frame -> {
      double[] scaled = scale.apply(frame);
      float[] residual = new float[scaled.length];
      for (int i = 0; i < residual.length; i++) {
        residual[i] = (float) scaled[i];
      }
      return Energies.of(residual, blur);
    };
  }
}
