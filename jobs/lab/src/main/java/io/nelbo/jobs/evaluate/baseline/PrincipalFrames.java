package io.nelbo.jobs.evaluate.baseline;

/**
 * What principal components leave of a frame (Turk and Pentland 1991).
 *
 * @param components at most; half as many as there are frames, if they are few
 * @param axes shared by those that are fitted to the same frames
 */
record PrincipalFrames(int components, FrameAxes axes) implements FrameBaseline {
  private static final int MOST_COMPONENTS = 128;

  @Override
  public String name() {
    return "pca-" + components;
  }

  @Override
  public Fitted fit(float[][] frames, PlaneBlur blur) {
    axes.fit(frames, Math.max(MOST_COMPONENTS, components));
    return frame -> Energies.of(axes.residual(frame, components), blur);
  }
}
