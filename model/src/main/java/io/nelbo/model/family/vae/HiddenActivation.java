package io.nelbo.model.family.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.nelbo.model.artifact.DenseNetworkSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What follows each hidden layer. */
enum HiddenActivation {
  RELU,
  TANH;

  /**
   * By the name that {@link DenseNetworkSpec#activation()} gives.
   *
   * @throws IllegalArgumentException that lists the known names
   */
  public static HiddenActivation named(String name) {
    List<String> names = Arrays.stream(values()).map(HiddenActivation::lowerCase).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "network.activation must be one of " + names + ", got " + name);
    }
    return values()[index];
  }

  NDArray apply(NDArray array) {
    return switch (this) {
      case RELU -> Activation.relu(array);
      case TANH -> Activation.tanh(array);
    };
  }

  private String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
