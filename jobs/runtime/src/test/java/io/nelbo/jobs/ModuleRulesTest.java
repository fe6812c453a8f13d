package io.nelbo.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

final class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.nelbo.jobs");

  @Test
  void jobsHoldNoTensors() {
    noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.djl..").check(CLASSES);
  }

  @Test
  void topologiesKnowNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage("io.nelbo.jobs.score..", "io.nelbo.jobs.retrain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
        .check(CLASSES);
  }

  @Test
  void decodingKnowsNeitherKafkaNorFlink() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.decode..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.flink..")
        .check(CLASSES);
  }

  @Test
  void configKnowsOnlyItself() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "io.nelbo.jobs.score..")
        .check(CLASSES);
  }
}
