package io.countersign.kernel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventsTest {

  @Test
  void everyEventOfEveryFamilyIsCatalogued() {
    Stream.of(WorkItemEvent.class, ProjectEvent.class, ResourceEvent.class)
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .forEach(
            event -> assertThat(Events.CATALOGUE.typeOf(event)).as(event.getName()).isPresent());
  }

  /** What is in the list was written to logs: lines are added to it, never changed or removed. */
  @Test
  void theCatalogueIsTheCheckedInList() throws Exception {
    List<String> written;
    try (var in = Objects.requireNonNull(EventsTest.class.getResourceAsStream("/events.txt"))) {
      written = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(Events.CATALOGUE.types().stream().map(type -> type.name() + " " + type.revision()))
        .containsExactlyElementsOf(written);
  }
}
