package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.countersign.architecture.fixtures.catalogue.HalfKnownEvent;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The persisted vocabulary is complete, and a change of it is a visible diff. */
class EventCatalogueTest {

  private static final DescribedPredicate<JavaClass> EVENT_FAMILY =
      DescribedPredicate.describe(
          "are sealed families of events",
          type -> type.getSimpleName().endsWith("Event") && type.reflect().isSealed());

  private static ArchRule complete(EventCatalogue catalogue) {
    return classes().that(EVENT_FAMILY).should(beCataloguedRecords(catalogue));
  }

  private static ArchCondition<JavaClass> beCataloguedRecords(EventCatalogue catalogue) {
    return new ArchCondition<>("consist of catalogued records") {
      @Override
      public void check(JavaClass family, ConditionEvents events) {
        for (Class<?> event : family.reflect().getPermittedSubclasses()) {
          if (event.isInterface() && event.isSealed()) {
            continue; // a family of its own, judged by itself
          }
          if (!event.isRecord()) {
            events.add(SimpleConditionEvent.violated(family, event.getName() + " is no record"));
          }
          if (catalogue.typeOf(event).isEmpty()) {
            events.add(
                SimpleConditionEvent.violated(family, event.getName() + " is not catalogued"));
          }
        }
      }
    };
  }

  /** One line per event: logical name, revision, names of the payload's fields. */
  private static List<String> vocabulary(EventCatalogue catalogue) {
    return catalogue.types().stream()
        .map(type -> line(type, catalogue.classOf(type.name()).orElseThrow()))
        .sorted()
        .toList();
  }

  private static String line(EventType type, Class<?> event) {
    String fields =
        Arrays.stream(event.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.joining(","));
    return type.name() + " " + type.revision() + " " + fields;
  }

  private static List<String> checkedIn() {
    try (var stream = EventCatalogueTest.class.getResourceAsStream("/event-vocabulary.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyEventOfTheKernelIsARecordWithALogicalName() {
    complete(Events.CATALOGUE).check(House.PRODUCTION);
  }

  @Test
  void eventsThatAreForgottenOrNoRecordsAreReported() {
    EventCatalogue catalogue =
        EventCatalogue.builder().event("half.Known", 1, HalfKnownEvent.Known.class).build();
    assertThat(House.offences(complete(catalogue), House.fixtures("catalogue")))
        .anyMatch(line -> line.contains("HalfKnownEvent$Forgotten is not catalogued"))
        .anyMatch(line -> line.contains("HalfKnownEvent$Mutable is no record"))
        .noneMatch(line -> line.contains("HalfKnownEvent$Known"));
  }

  @Test
  void namesRevisionsAndFieldsAreThoseCheckedIn() {
    assertThat(vocabulary(Events.CATALOGUE))
        .as(
            "names and revisions are for ever: add a line for a new event; another shape of an old"
                + " one is a new revision with an upcaster (event-vocabulary.txt should read\n%s)",
            String.join("\n", vocabulary(Events.CATALOGUE)))
        .isEqualTo(checkedIn());
  }

  @Test
  void renamedEventsAndNewFieldsDiffer() {
    EventCatalogue renamed =
        EventCatalogue.builder().event("half.Renamed", 1, HalfKnownEvent.Known.class).build();
    EventCatalogue known =
        EventCatalogue.builder().event("half.Known", 1, HalfKnownEvent.Known.class).build();
    assertThat(vocabulary(known)).containsExactly("half.Known 1 id,count");
    assertThat(vocabulary(renamed)).isNotEqualTo(vocabulary(known));
  }
}
