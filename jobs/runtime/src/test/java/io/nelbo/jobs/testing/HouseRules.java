package io.nelbo.jobs.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How the main code of every module of jobs is to look, beyond what a formatter sees. */
public final class HouseRules {
  private static final int MOST_PARAMETERS = 8;
  private static final int MOST_LINES = 300;

  private HouseRules() {}

  /** Wide records are nested until each constructor can be read aloud. */
  public static ArchRule constructorsCanBeReadAloud() {
    return ArchRuleDefinition.constructors().should(new Few());
  }

  /** Sources that are longer than a reader holds in mind, each with its length. */
  public static List<String> longFiles(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && lines(file) > MOST_LINES)
          .map(file -> file + ": " + lines(file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Few extends ArchCondition<JavaConstructor> {
    private Few() {
      super("have at most %d parameters", MOST_PARAMETERS);
    }

    @Override
    public void check(JavaConstructor constructor, ConditionEvents events) {
      JavaClass owner = constructor.getOwner();
      int parameters = constructor.getRawParameterTypes().size() - hidden(owner);
      boolean few = parameters <= MOST_PARAMETERS;
      if (!owner.isAnonymousClass()) { // these are given what they capture
        events.add(
            new SimpleConditionEvent(
                constructor, few, owner.getName() + " takes " + parameters + " parameters"));
      }
    }

    /** An enum is given name and ordinal, an inner class the outer object. */
    private static int hidden(JavaClass owner) {
      return owner.isEnum() ? 2 : owner.isInnerClass() ? 1 : 0;
    }
  }
}
