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

  private static List<String> folders() {
    return CLASSES.stream()
        .map(type -> type.getPackageName() + ".")
        .filter(name -> name.startsWith(FAMILY) && !name.equals(FAMILY))
        .map(name -> name.substring(0, name.indexOf('.', FAMILY.length())))
        .distinct()
        .toList();
  }
}
