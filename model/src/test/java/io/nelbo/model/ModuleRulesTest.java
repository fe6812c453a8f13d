package io.nelbo.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

final class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.nelbo");

  @Test
  void theModelKnowsNeitherTheClusterNorTheWire() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.nelbo.schemas..",
            "io.nelbo.jobs..",
            "org.apache.flink..",
            "org.apache.kafka..",
            "org.apache.avro..")
        .check(CLASSES);
  }
}
