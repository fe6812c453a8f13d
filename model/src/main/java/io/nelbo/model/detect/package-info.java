/** The detector: scale, score, calibrate, built from one artifact. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.detect;
