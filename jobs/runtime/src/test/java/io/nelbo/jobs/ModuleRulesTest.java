package io.nelbo.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.nelbo.jobs.testing.HouseRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What may depend on what in the runtime; every rule sees the classes that it forbids. */
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
  void onlyKafkaAndTheBrokerOfTheTestsKnowKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.nelbo.jobs.kafka..", "io.nelbo.jobs.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "kafka..", "org.apache.flink.connector.kafka..")
        .check(CLASSES);
  }

  @Test
  void whatServesAModelKnowsNeitherWhereRecordsComeFromNorTheConfiguration() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "org.apache.flink..",
            "io.nelbo.jobs.config..",
            "io.nelbo.jobs.kafka..",
            "io.nelbo.jobs.models..",
            "io.nelbo.jobs.score..",
            "io.nelbo.jobs.retrain..")
        .check(CLASSES);
  }

  @Test
  void scoringKnowsNoRetraining() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.score..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.nelbo.jobs.retrain..")
        .check(CLASSES);
  }

  @Test
  void retrainingKnowsNoScoring() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.retrain..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.nelbo.jobs.score..")
        .check(CLASSES);
  }

  @Test
  void whatJobsStandOnKnowsNoJob() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.nelbo.jobs.kafka..",
            "io.nelbo.jobs.models..",
            "io.nelbo.jobs.store..",
            "io.nelbo.jobs.decode..",
            "io.nelbo.jobs.stream..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.nelbo.jobs.score..", "io.nelbo.jobs.retrain..")
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
  void configKnowsOnlyItselfAndTheGrammarOfValues() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.config..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.flink..", "org.apache.kafka..")
                .or(
                    resideInAPackage("io.nelbo.jobs..")
                        .and(
                            describe(
                                "are neither of config nor of values",
                                type ->
                                    !type.getPackageName().startsWith("io.nelbo.jobs.config")
                                        && !type.getPackageName()
                                            .startsWith("io.nelbo.jobs.values")))))
        .check(CLASSES);
  }

  @Test
  void noConstructorIsWiderThanCanBeReadAloud() {
    HouseRules.constructorsCanBeReadAloud().check(CLASSES);
  }

  @Test
  void noFileIsLongerThanOneIdea() {
    assertThat(HouseRules.longFiles(Path.of("src/main/java"))).isEmpty();
  }

  @Test
  void theRuleAboutConstructorsSeesAWideOne() {
    JavaClasses wide = new ClassFileImporter().importClasses(Wide.class);

    assertThat(
            HouseRules.constructorsCanBeReadAloud().evaluate(wide).getFailureReport().getDetails())
        .containsExactly(Wide.class.getName() + " takes 9 parameters");
  }

  private record Wide(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}
}
