package io.nelbo.model.gate;

import io.nelbo.model.detect.DetectorSettings;

/**
 * What the operator chooses of the gate.
 *
 * @param detector border and device, as the scoring job has them
 * @param seed of noise, resampling and injected faults: the same rows get the same verdict
 */
public record GateSettings(GatePolicy policy, DetectorSettings detector, long seed) {}
