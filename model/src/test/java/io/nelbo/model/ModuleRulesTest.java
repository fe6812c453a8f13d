package io.nelbo.model;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.nelbo.model.family.Families;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.nelbo");

  private static final String FAMILY = "io.nelbo.model.family.";

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

  @Test
  void aFamilyIsAFolderAndARowOfTheRegistryAndKnownNowhereElse() {
    assertThat(folders()).as("the rule sees them").hasSize(Families.count());

    for (String folder : folders()) {
      classes()
          .that()
          .resideInAPackage(folder + "..")
          .should()
          .onlyHaveDependentClassesThat(
              resideInAPackage(folder + "..").or(equivalentTo(Families.class)))
          .check(CLASSES);
    }
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices().matching("io.nelbo.model.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void aConstructorCanBeReadAloud() {
    HouseRules.constructorsCanBeReadAloud()
        .check(CLASSES.that(resideInAPackage("io.nelbo.model..")));
  }

  @Test
  void theRuleAboutConstructorsSeesARecordOfNine() {
    assertThat(isAllowed(Eight.class)).isTrue();
    assertThat(isAllowed(Nine.class)).isFalse();
  }

  @Test
  void aFileIsAtMostThreeHundredLinesLong() {
    assertThat(HouseRules.longFiles(Path.of("src/main/java"))).isEmpty();
  }

  private static boolean isAllowed(Class<?> type) {
    JavaClasses one = new ClassFileImporter().importClasses(type);
    return !HouseRules.constructorsCanBeReadAloud().evaluate(one).hasViolation();
  }

  private record Eight(int a, int b, int c, int d, int e, int f, int g, int h) {}

  private record Nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}

  private static List<String> folders() {
    return CLASSES.stream()
        .map(type -> type.getPackageName() + ".")
        .filter(name -> name.startsWith(FAMILY) && !name.equals(FAMILY))
        .map(name -> name.substring(0, name.indexOf('.', FAMILY.length())))
        .distinct()
        .toList();
  }
}
