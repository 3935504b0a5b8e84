package io.countersign.benchmarks.store;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;

/**
 * What one writer stores: lives of work items as the product's translator makes them, two events a
 * command, by turns for each of the writer's own work items. The same for every competitor.
 */
public final class WorkItems {

  /** How many there are; writers share them out. */
  static final int COUNT = 2_048;

  /** Who changes them. */
  static final int PEOPLE = 64;

  private static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  private static final ProjectId PROJECT =
      new ProjectId(ORGANIZATION, "6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c");

  private final int writer;
  private final int writers;
  private final long[] sequences;
  private int turn;

  /** Those of one of so many writers. */
  public WorkItems(int writer, int writers) {
    this.writer = writer;
    this.writers = writers;
    this.sequences = new long[COUNT / writers];
  }

  /**
   * A command and the events it caused.
   *
   * @param message the command
   * @param events two of them
   */
  public record Handled(CommandMessage<?> message, List<DomainEventMessage<?>> events) {}

  static WorkItemId id(int number) {
    return new WorkItemId(ORGANIZATION, number);
  }

  static SubjectId subject(int person) {
    return new SubjectId(new UUID(0x5eed_4000L, 0x8000_0000_0000_0000L + person));
  }

  /** The next command. */
  public Handled next() {
    int own = turn++ % sequences.length;
    WorkItemId item = id(1 + writer + own * writers);
    long sequence = sequences[own];
    sequences[own] += 2;
    return handled(item, item.toString(), sequence);
  }

  /** The events of one command of a work item, from this sequence on. */
  public static List<DomainEventMessage<?>> events(int number, long sequence) {
    return handled(id(number), id(number).toString(), sequence).events();
  }

  /** The first command of a work item, stored under another reference. */
  static Handled first(int number, String reference) {
    return handled(id(number), reference, 0);
  }

  private static Handled handled(WorkItemId item, String reference, long sequence) {
    List<WorkItemEvent> payloads = payloads(item, sequence);
    String delivery = UUID.randomUUID().toString();
    MetaData metadata =
        MetaData.from(
            Map.of(
                Provenance.ACTOR, "source:azure-devops",
                Provenance.CORRELATION_ID, delivery,
                Provenance.CAUSATION_ID, delivery,
                Provenance.DELIVERY_ID, delivery));
    CommandMessage<?> command =
        new GenericCommandMessage<>(
            new GenericMessage<>(UUID.randomUUID().toString(), "record", metadata), "Record");
    return new Handled(
        command,
        List.of(
            event(reference, sequence, payloads.get(0), metadata),
            event(reference, sequence + 1, payloads.get(1), metadata)));
  }

  private static DomainEventMessage<?> event(
      String reference, long sequence, WorkItemEvent payload, MetaData metadata) {
    return new GenericDomainEventMessage<>("WorkItem", reference, sequence, payload, metadata);
  }

  private static List<WorkItemEvent> payloads(WorkItemId item, long sequence) {
    int update = (int) sequence / 2 + 1;
    // what is finer than a column, one driver rounds up and the other to even
    Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
    SourceChange change =
        new SourceChange(update, update, at, person((int) sequence + item.number()));
    if (sequence == 0) {
      return List.of(
          new WorkItemEvent.Registered(
              item,
              PROJECT,
              "User Story",
              WorkItemState.NEW,
              "New",
              Process.AGILE,
              content(item, "Customers can pay their invoices by direct debit"),
              person(item.number()),
              person(item.number() + 1),
              Map.of(
                  "System.AreaPath", new FieldValue.Plain("Fabrikam\\Billing"),
                  "System.IterationPath", new FieldValue.Plain("Fabrikam\\Sprint 42"),
                  "System.Description",
                      new FieldValue.Text(
                          content(item, "As a customer I want to pay without typing. ".repeat(4)))),
              List.of(),
              change),
          new WorkItemEvent.AssignmentChanged(item, null, person(item.number() + 1), change));
    }
    WorkItemState from = WorkItemState.values()[update % 6];
    WorkItemState to = WorkItemState.values()[(update + 1) % 6];
    return List.of(
        new WorkItemEvent.StateChanged(item, from, to, from.word(), to.word(), change),
        update % 3 == 0
            ? new WorkItemEvent.Commented(
                item, content(item, "Looks good, but the test of the mandate is missing."), change)
            : new WorkItemEvent.FieldsChanged(
                item,
                List.of(
                    new FieldChange(
                        "Microsoft.VSTS.Scheduling.RemainingWork",
                        new FieldValue.Plain(Integer.toString(40 - update % 40)),
                        new FieldValue.Plain(Integer.toString(39 - update % 40))),
                    new FieldChange(
                        "System.Reason",
                        new FieldValue.Plain("New"),
                        new FieldValue.Plain("Work started"))),
                change));
  }

  private static SealedText content(WorkItemId item, String text) {
    return SealedText.of(item.keyOwner(), Purpose.CONTENT, text);
  }

  static Person person(int number) {
    int person = Math.floorMod(number, PEOPLE);
    SubjectId id = subject(person);
    return new Person(
        id, SealedText.of(id.keyOwner(), Purpose.IDENTITY, "Norman Paulk the " + person + "th"));
  }
}
