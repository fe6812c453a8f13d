/** Whether a candidate may take the incumbent's place. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.gate;
