package io.nelbo.model.artifact;

/**
 * Where an artifact lies and how to know it is the same one.
 *
 * @param uri of the artifact's folder
 * @param sha256 of the manifest's bytes, lower-case hex; the manifest holds the weights' checksum
 */
public record PublishedArtifact(String modelId, String version, String uri, String sha256) {}
