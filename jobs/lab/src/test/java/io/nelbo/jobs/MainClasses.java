package io.nelbo.jobs;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

/** All classes of jobs but those of tests, which come in a jar as well as in a folder. */
final class MainClasses {
  static final JavaClasses OF_JOBS =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.nelbo.jobs");

  private MainClasses() {}
}
