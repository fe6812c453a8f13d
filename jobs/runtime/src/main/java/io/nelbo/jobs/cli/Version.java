package io.nelbo.jobs.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Nelbo.class.getPackage().getImplementationVersion();
    return new String[] {"nelbo " + (version == null ? "development" : version)};
  }
}
