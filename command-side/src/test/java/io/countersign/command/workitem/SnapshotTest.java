package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.commented;
import static io.countersign.command.workitem.Samples.created;
import static io.countersign.command.workitem.Samples.sighting;
import static io.countersign.command.workitem.Samples.state;
import static io.countersign.command.workitem.Samples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.workitem.WorkItemCommand;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SnapshotTest {

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void snapshotAndTailAreTheSameAsAllEventsWhereverItIsCut() {
    List<WorkItemEvent> events =
        recorded(
            created(),
            updated(2, 2, state("New", "Active")),
            commented(3),
            updated(7, 5, state("Active", "Parked")),
            updated(4, 3),
            new RecordDeletion(Samples.ITEM, sighting("Parked"), at(null, 6)),
            updated(8, 7, state("Parked", "Resolved")));
    WorkItem full = new WorkItem();
    events.forEach(event -> full.evolve(event, Samples.NOON, null));
    String expected = json.writeValueAsString(full);
    for (int cut = 0; cut <= events.size(); cut++) {
      WorkItem head = new WorkItem();
      events.subList(0, cut).forEach(event -> head.evolve(event, Samples.NOON, null));
      WorkItem read = json.readValue(json.writeValueAsString(head), WorkItem.class);
      events.subList(cut, events.size()).forEach(event -> read.evolve(event, Samples.NOON, null));
      assertThat(json.writeValueAsString(read)).as("cut at " + cut).isEqualTo(expected);
    }
    assertThat(expected).doesNotContain("Sign in").contains("\"updates\"");
  }

  @Test
  void aLongStreamGetsASnapshotAndGoesOnFromIt() {
    InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> engine);
    new WorkItems(_ -> BuiltIn.GROUNDS).configureModule(configurer);
    var axon = configurer.start();
    try {
      axon.commandGateway().sendAndWait(created());
      for (int update = 2; update <= WorkItems.SNAPSHOT_AFTER_EVENTS + 5; update++) {
        axon.commandGateway().sendAndWait(updated(update, update));
      }
      var snapshot = engine.readSnapshot(Samples.ITEM.toString());
      assertThat(snapshot).isPresent();
      assertThat(snapshot.orElseThrow().getType()).isEqualTo("workitem");
      Object known = axon.commandGateway().sendAndWait(updated(100, 100));
      assertThat(known).isEqualTo(io.countersign.kernel.Recorded.KNOWN);
    } finally {
      axon.shutdown();
    }
  }

  private static List<WorkItemEvent> recorded(WorkItemCommand... commands) {
    InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> engine);
    new WorkItems(_ -> BuiltIn.GROUNDS).configureModule(configurer);
    var axon = configurer.start();
    try {
      List.of(commands).forEach(axon.commandGateway()::sendAndWait);
      List<WorkItemEvent> events = new ArrayList<>();
      engine
          .readEvents(Samples.ITEM.toString())
          .forEachRemaining(event -> events.add((WorkItemEvent) event.getPayload()));
      return events;
    } finally {
      axon.shutdown();
    }
  }
}
