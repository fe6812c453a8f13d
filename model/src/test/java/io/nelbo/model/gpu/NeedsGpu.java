package io.nelbo.model.gpu;

import ai.djl.engine.Engine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that run on a GPU; skipped where the engine sees none, which the report says. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("gpu")
@ExtendWith(NeedsGpu.Presence.class)
public @interface NeedsGpu {
  /** The device that these tests run on. */
  String DEVICE = "gpu:0";

  /** Asks the engine. */
  final class Presence implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      int gpus = Engine.getInstance().getGpuCount();
      return gpus > 0
          ? ConditionEvaluationResult.enabled("the engine sees %s GPUs".formatted(gpus))
          : ConditionEvaluationResult.disabled(
              "needs a GPU and the engine sees none: run it where there is one, as docker/GPU.md"
                  + " says");
    }
  }
}
