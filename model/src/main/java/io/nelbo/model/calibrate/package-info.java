/** From nats to p-values and the alert border. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.calibrate;
