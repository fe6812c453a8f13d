package io.nelbo.model.train;

import io.nelbo.model.artifact.ModelArtifact;

/** The outcome of a training that produced a model. */
public record Training(ModelArtifact artifact, TrainingReport report) {}
