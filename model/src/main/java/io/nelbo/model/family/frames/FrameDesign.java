package io.nelbo.model.family.frames;

import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.objective.NoiseBank;

/**
 * What is fitted to frames, and how its batches are made.
 *
 * @param spec of the network
 * @param batch frames per step
 * @param shift most modelled pixels by which a frame is moved while it trains
 * @param mirrored whether frames are mirrored left to right while it trains
 */
record FrameDesign(ConvolutionalSpec spec, int batch, int shift, boolean mirrored) {
  private static final int SIDE = 32;
  private static final int LATENT = 64;
  private static final int COMPONENTS = 128;
  private static final int BATCH = 32;
  private static final int DRAWS = 2;

  /** The encoder sees frames as they are: what has no gain and offset needs no clip. */
  private static final float NO_CLIP = 1e6f;

  static FrameDesign of(TrainingConfig config) {
    ConvolutionalSpec spec =
        new ConvolutionalSpec(
            SIDE,
            true,
            config.latent() > 0 ? config.latent() : LATENT,
            COMPONENTS,
            new LikelihoodSpec(LikelihoodSpec.GAUSSIAN_PIXELS, config.deviationFloor(), NO_CLIP),
            new NoiseSpec(DRAWS, NoiseBank.SEQUENCE));
    return new FrameDesign(spec, BATCH, SIDE / 32, false);
  }
}
