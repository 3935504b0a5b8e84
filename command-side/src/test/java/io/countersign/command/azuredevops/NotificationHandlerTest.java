package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.domain.NameBasedId;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.Delivery;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.command.project.ProjectSettings;
import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationHandlerTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static HikariDataSource dataSource;

  private final TestKeys keys = new TestKeys();
  private CommandSide commandSide;

  @BeforeAll
  static void openDatabase() {
    dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 4);
    IdentityDirectory.SCHEMA.migrate(dataSource);
  }

  @AfterAll
  static void closeDatabase() {
    dataSource.close();
  }

  @BeforeEach
  void start() {
    commandSide = new CommandSide(dataSource, keys);
  }

  @AfterEach
  void stop() {
    commandSide.close();
  }

  @Test
  void aDeliveryHandledAgainChangesNothing() throws Exception {
    UUID delivery = new UUID(7, 7);
    commandSide.handle(delivery, fixture("workitem.created"));
    List<String> before = commandSide.names();
    assertThat(commandSide.handle(delivery, fixture("workitem.created")))
        .isInstanceOf(Outcome.Ignored.class)
        .extracting("code")
        .isEqualTo("already-known");
    commandSide.handle(delivery, fixture("pullrequest.created"));
    commandSide.handle(delivery, fixture("pullrequest.created"));
    assertThat(commandSide.names()).startsWith(before.toArray(String[]::new)).hasSize(3);
  }

  @Test
  void theLifeOfAWorkItemIsToldOnce() throws Exception {
    for (String fixture :
        List.of(
            "workitem.created",
            "workitem.updated.state",
            "workitem.updated.title",
            "workitem.updated.unassigned",
            "workitem.commented",
            "workitem.deleted",
            "workitem.restored")) {
      commandSide.handle(fixture(fixture));
    }
    assertThat(commandSide.names())
        .containsExactly(
            "project.Registered",
            "workitem.Registered",
            "workitem.StateChanged",
            "workitem.FieldsChanged",
            "workitem.Retitled",
            "workitem.AssignmentChanged",
            "workitem.Commented",
            "workitem.Deleted",
            "workitem.Restored");
  }

  @Test
  void everyCommandCarriesWhereItComesFromAndAnIdDerivedFromTheDelivery() throws Exception {
    UUID delivery = new UUID(7, 8);
    List<String> sent = new ArrayList<>();
    NotificationHandler handler =
        handler(
            (command, id, metadata) -> {
              sent.add(id + " " + new java.util.TreeMap<>(metadata));
              return null;
            });
    handler.handle(delivery(delivery, "workitem.created", 1));
    String provenance =
        "{actor=source:azure-devops, causationId=%1$s, correlationId=%1$s, deliveryId=%1$s}"
            .formatted(delivery);
    assertThat(sent)
        .containsExactly(
            NameBasedId.of(delivery, "0") + " " + provenance,
            NameBasedId.of(delivery, "1") + " " + provenance);
    assertThat(NameBasedId.of(delivery, "0").version()).isEqualTo(5);
  }

  @Test
  void nameBasedIdsAreThoseOfTheStandard() {
    // RFC 9562, A.4
    assertThat(
            NameBasedId.of(
                UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void eventsCarryTheDelivery() throws Exception {
    UUID delivery = new UUID(7, 9);
    commandSide.handle(delivery, fixture("run"));
    DomainEventMessage<?> last = commandSide.log().getLast();
    assertThat(last.getPayload()).isInstanceOf(ResourceEvent.RunChanged.class);
    assertThat(((ResourceEvent) last.getPayload()).delivery()).isEqualTo(delivery);
    assertThat(last.getAggregateIdentifier())
        .isEqualTo("run:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:900");
    assertThat(last.getType()).isEqualTo("resource");
  }

  @Test
  void allFormsOfAnIdentityBecomeTheSamePerson() throws Exception {
    commandSide.handle(fixture("workitem.created"));
    commandSide.handle(fixture("workitem.created.resourceVersion-5.1-preview.3"));
    List<WorkItemEvent.Registered> registered =
        commandSide.events().stream()
            .filter(WorkItemEvent.Registered.class::isInstance)
            .map(WorkItemEvent.Registered.class::cast)
            .toList();
    assertThat(registered).hasSize(2);
    assertThat(id(registered.get(0).assignedTo())).isEqualTo(id(registered.get(1).assignedTo()));
    assertThat(id(registered.get(0).createdBy())).isEqualTo(id(registered.get(1).createdBy()));
    assertThat(id(registered.get(0).createdBy())).isNotEqualTo(id(registered.get(0).assignedTo()));
  }

  @Test
  void anErasedPersonIsToldAgainWithoutAName() throws Exception {
    commandSide.handle(fixture("workitem.created"));
    var before = (WorkItemEvent.Registered) commandSide.events().getLast();
    assertThat(before.createdBy().name()).isNotNull();
    keys.destroy(before.createdBy().id().keyOwner());
    commandSide.handle(fixture("workitem.updated.state"));
    assertThat(commandSide.events())
        .filteredOn(WorkItemEvent.StateChanged.class::isInstance)
        .first()
        .isInstanceOfSatisfying(
            WorkItemEvent.StateChanged.class,
            changed ->
                assertThat(changed.change().changedBy())
                    .isEqualTo(new Person(before.createdBy().id(), null)));
  }

  @Test
  void whatMayWorkLaterIsThrown() throws Exception {
    NotificationHandler broken =
        handler(
            (command, id, metadata) -> {
              throw new IllegalStateException("no database");
            });
    assertThatThrownBy(() -> broken.handle(delivery(new UUID(1, 1), "workitem.created", 9)))
        .hasMessage("no database");
  }

  @Test
  void whatTheLogCanNeverTakeIsQuarantinedAtTheSecondAttempt() throws Exception {
    NotificationHandler handler =
        handler(
            (command, id, metadata) -> {
              throw new EntryRefusedException("a string is too long");
            });
    assertThatThrownBy(() -> handler.handle(delivery(new UUID(1, 2), "workitem.created", 1)))
        .isInstanceOf(EntryRefusedException.class);
    assertThat(handler.handle(delivery(new UUID(1, 2), "workitem.created", 2)))
        .extracting("code")
        .isEqualTo("entry-refused");
  }

  @Test
  void anUpdateNumberThatNoItemCanHaveIsQuarantined() throws Exception {
    String valid = new String(fixture("workitem.updated.state"), StandardCharsets.UTF_8);
    String far = valid.replaceFirst("\"id\": 2,", "\"id\": 2147483647,");
    assertThat(far).isNotEqualTo(valid);
    assertThat(commandSide.handle(far.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Outcome.Quarantined.class,
            outcome ->
                assertThat(outcome.detail())
                    .isEqualTo("the number of an update expected at /resource/id"));
    assertThat(commandSide.names()).isEmpty();
  }

  @Test
  void anAddressSomebodyEnteredIsSealedAndStillToldApart() throws Exception {
    String address = "https://example.sharepoint.com/personal/jane_doe/plan.docx";
    String body =
        new String(fixture("workitem.created"), StandardCharsets.UTF_8)
            .replace("System.LinkTypes.Hierarchy-Reverse", "Hyperlink")
            .replace("https://dev.azure.com/example/_apis/wit/workItems/160", address);
    commandSide.handle(body.getBytes(StandardCharsets.UTF_8));
    WorkItemEvent.Registered registered = (WorkItemEvent.Registered) commandSide.events().getLast();
    Link link = registered.links().getFirst();
    assertThat(link.target())
        .isEqualTo(new KeyedReferences(keys).of(registered.workItem().keyOwner(), address))
        .startsWith("sealed:")
        .doesNotContain("jane");
    assertThat(link.address())
        .isEqualTo(SealedText.of(registered.workItem().keyOwner(), Purpose.CONTENT, address));
    keys.destroy(registered.workItem().keyOwner());
    assertThat(new KeyedReferences(keys).of(registered.workItem().keyOwner(), address))
        .isEqualTo("erased");
  }

  @Test
  void garbageIsQuarantinedAndNeverThrown() throws Exception {
    byte[] valid = fixture("workitem.updated.state");
    for (int length = 0; length < valid.length; length += 37) {
      assertThat(commandSide.handle(java.util.Arrays.copyOf(valid, length)))
          .isInstanceOf(Outcome.Quarantined.class);
    }
    String deep = "{\"eventType\":\"workitem.created\",\"resource\":" + "[".repeat(5_000);
    for (String body :
        List.of(deep, "null", "\"x\"", "{}", "{\"eventType\":{}}", "{\"eventType\":null}")) {
      assertThat(commandSide.handle(body.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(Outcome.Quarantined.class);
    }
    assertThat(commandSide.handle(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}))
        .isInstanceOf(Outcome.Quarantined.class);
    assertThat(commandSide.names()).isEmpty();
  }

  @Test
  void detailsOfQuarantineHoldNoValues() throws Exception {
    String body =
        """
        {"eventType":"workitem.created","resourceContainers":{"collection":{"id":"fabrikam"},
         "project":{"id":"web"}},"resource":{"id":"secret-number","rev":1,"fields":{}}}
        """;
    var outcome = (Outcome.Quarantined) commandSide.handle(body.getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.detail()).isEqualTo("an integer expected at /resource/id");
  }

  private static NotificationHandler handler(io.countersign.command.domain.CommandSender sender) {
    TestKeys keys = new TestKeys();
    return new NotificationHandler(
        new PeopleResolver(
            new IdentityDirectory(dataSource, keys, InstantSource.fixed(NOON), UUID::randomUUID),
            keys),
        _ -> ProjectSettings.UNKNOWN,
        new KeyedReferences(keys),
        sender);
  }

  private static Object id(Person person) {
    return person.id();
  }

  private static Delivery delivery(UUID id, String fixture, int attempt) throws Exception {
    return new Delivery(id, NOON, Map.of(), fixture(fixture), attempt);
  }

  static byte[] fixture(String name) throws Exception {
    return Files.readAllBytes(PayloadTableTest.fixtures().resolve(name + ".json"));
  }
}
