package io.nelbo.model.artifact;

import java.util.List;

/** The readable half of an artifact, {@code model.json}. */
public record Manifest(
    int formatVersion,
    String modelId,
    String version,
    String family,
    int windowLength,
    List<String> featureNames) {}
