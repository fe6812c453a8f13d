package io.nelbo.model.family.frames;

import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.fit.FrameRules;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.objective.NoiseBank;

/**
 * What is fitted to frames, and how its batches are made.
 *
 * @param spec of the network
 * @param shift most modelled pixels by which a frame is moved while it trains
 */
record FrameDesign(ConvolutionalSpec spec, int shift) {
  private static final int LATENT = 64;
  private static final int COMPONENTS = 128;

  /** A frame is moved by so much of its side. */
  private static final int SHIFTS = 32;

  /** The encoder sees frames as they are: what has no gain and offset needs no clip. */
  private static final float NO_CLIP = 1e6f;

  static FrameDesign of(TrainingConfig config) {
    FrameRules rules = config.data().frames();
    NetworkSize size = config.network();
    String likelihood = config.design().likelihood();
    ConvolutionalSpec spec =
        new ConvolutionalSpec(
            rules.side(),
            rules.normalised(),
            size.latent() > 0 ? size.latent() : LATENT,
            COMPONENTS,
            new LikelihoodSpec(likelihood, config.data().deviationFloor(), NO_CLIP),
            new NoiseSpec(size.scoringSamples(), NoiseBank.SEQUENCE));
    return new FrameDesign(spec, rules.side() / SHIFTS);
  }
}
