package io.nelbo.model.family.frames;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.fit.Family;
import io.nelbo.model.fit.FitOrder;
import io.nelbo.model.fit.Fitted;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.score.WindowModel;

/**
 * The VAE of frames (Kingma and Welling 2014): strided convolutions around a latent Gaussian,
 * beside them a linear one in closed form. What ranks are the channels of {@link ResidualChannels}.
 */
public final class ConvolutionalVae implements Family {
  @Override
  public String name() {
    return TrainingConfig.USUAL_FAMILY;
  }

  @Override
  public boolean takes(RecordShape record) {
    return record instanceof Frames;
  }

  @Override
  public void requireTakes(WindowShape window) {
    if (!(window.record() instanceof Frames) || window.length() > 1) {
      throw new IllegalArgumentException(
          "a convolutional network takes single frames, these are windows of %s %s"
              .formatted(window.length(), window.record().inWords()));
    }
  }

  @Override
  public FeatureRange range(TrainingConfig config) {
    return FeatureRange.PIXELS;
  }

  /** Its normalisation is folded away: a training starts from weights that are drawn. */
  @Override
  public boolean canStartFrom(Manifest model, WindowShape window, TrainingConfig config) {
    return false;
  }

  @Override
  public Fitted fit(FitOrder order, TrainingListener listener) throws TrainingException {
    FrameDesign design = FrameDesign.of(order.config());
    WorkingSize size = WorkingSize.of((Frames) order.window().record(), design.spec().side());
    try (NDManager manager = NDManager.newBaseManager(order.device(), "PyTorch")) {
      return new FrameFit(order, design, size, manager).run(listener);
    }
  }

  @Override
  public WindowModel open(ModelWeights weights, Device device) {
    requireTakes(weights.window());
    return FrameScorer.of(weights, device);
  }
}
