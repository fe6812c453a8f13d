package io.nelbo.model.measure;

import ai.djl.ndarray.NDArray;

/**
 * Hears how far a call of the engine has come. A GPU works behind the caller's back: what is said
 * to be done here is done when somebody has waited for it.
 */
public interface Stages {
  /** For everyday calls: hears nothing and waits for nothing. */
  Stages NONE =
      new Stages() {
        @Override
        public void packed() {}

        @Override
        public void sent(NDArray last) {}

        @Override
        public void computed(NDArray last) {}

        @Override
        public void received() {}
      };

  /** The inputs lie in Java's memory. */
  void packed();

  /**
   * The inputs are on their way to the device.
   *
   * @param last of them
   */
  void sent(NDArray last);

  /**
   * The results are under way on the device.
   *
   * @param last of them
   */
  void computed(NDArray last);

  /** The results lie in Java's memory. */
  void received();
}
