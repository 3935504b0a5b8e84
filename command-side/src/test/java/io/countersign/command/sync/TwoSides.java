package io.countersign.command.sync;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.automation.AutomationSettings;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentTable;
import io.countersign.command.automation.RealAutomations;
import io.countersign.command.azuredevops.KeyedReferences;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.policy.PolicyBook;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.Projects;
import io.countersign.command.reconciliation.Reconciliations;
import io.countersign.command.resource.Resources;
import io.countersign.command.transition.TransitionRules;
import io.countersign.command.workitem.BuiltIn;
import io.countersign.command.workitem.WorkItems;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectCommand.ChooseConflictPolicy;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Our side on the real log, and an Azure DevOps over HTTP; hooks come when a test takes them. */
final class TwoSides implements AutoCloseable {

  /** A busy machine does not take a slow call for a dead node. */
  private static final AutomationSettings SETTINGS =
      new AutomationSettings(
          "one",
          4,
          Duration.ofMillis(20),
          Duration.ofSeconds(10),
          10,
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          30);

  final AzureDevOpsSandbox sandbox;
  final Board board;
  final IntentTable table = new IntentTable();
  final Intended intended = new Intended(this);
  RealAutomations node;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AzureDevOps azureDevOps;
  private final JdbcKeyRing keys;
  private final UnaryOperator<CommandSender> between;
  private final AutomationSettings settings;
  private final @Nullable Hooks hooks;
  private NotificationHandler handler;

  TwoSides(Path directory) {
    this(directory, sender -> sender);
  }

  /**
   * Both sides.
   *
   * @param between what comes between the writer and its commands
   */
  TwoSides(Path directory, UnaryOperator<CommandSender> between) {
    this(directory, between, SETTINGS, true);
  }

  /**
   * Both sides.
   *
   * @param taken whether hooks come when a test takes them; else nobody is subscribed
   */
  TwoSides(
      Path directory,
      UnaryOperator<CommandSender> between,
      AutomationSettings settings,
      boolean taken) {
    this.between = between;
    this.settings = settings;
    sandbox =
        AzureDevOpsSandbox.start(
            SandboxSettings.defaults().withProject("Fabrikam", "Countersign Agile").fasterBy(1000));
    board = new Board(sandbox);
    hooks = taken ? new Hooks(sandbox) : null;
    azureDevOps = new AzureDevOps(Client.of(sandbox, directory), Clock.systemUTC(), meters);
    IdentityDirectory.SCHEMA.migrate(table.dataSource);
    Schema.EVENTLOG.migrate(table.dataSource);
    var random = new SecureRandom();
    Clock clock = Clock.systemUTC();
    keys =
        new JdbcKeyRing(
            table.address,
            new MasterKeyFile(directory.resolve("master.key"))
                .open(table.dataSource, clock, random),
            clock,
            random);
    node = open();
    handler = handler();
  }

  private RealAutomations open() {
    return new RealAutomations(
        table,
        InstantSource.system(),
        List.of(new WriteTransitions()),
        List.of(
            new WorkItems(_ -> BuiltIn.GROUNDS),
            new Projects(),
            new Resources(),
            new Reconciliations(),
            PolicyBook.module(),
            LinkedPrincipals.module()),
        settings,
        keys,
        (sender, events) -> handlers(between.apply(sender), events));
  }

  private NotificationHandler handler() {
    return new NotificationHandler(
        new PeopleResolver(
            new IdentityDirectory(table.dataSource, keys, Clock.systemUTC(), UUID::randomUUID),
            keys),
        new LoggedProjectStates(events()),
        new KeyedReferences(keys),
        node.sender());
  }

  /** Our side stops and starts again. */
  void restart() {
    node.close();
    node = open();
    handler = handler();
  }

  /** What handles deliveries, until the next start. */
  NotificationHandler deliveries() {
    return handler;
  }

  JdbcKeyRing keys() {
    return keys;
  }

  AzureDevOps azureDevOps() {
    return azureDevOps;
  }

  private List<IntentHandler> handlers(CommandSender sender, EventStore events) {
    var projects = new LoggedProjectStates(events);
    Clock clock = Clock.systemUTC();
    return List.of(
        SyncConfiguration.writer(
            azureDevOps,
            events,
            projects,
            new SourceStates(azureDevOps, clock),
            sender,
            meters,
            clock),
        new ConflictDecider(
            new IntentCommands(sender),
            new TransitionRules(events, projects),
            events,
            new LinkedPrincipals(events),
            _ -> Optional.empty(),
            clock));
  }

  EventStore events() {
    return node.log().store();
  }

  OrganizationId organization() {
    return new OrganizationId(sandbox.control().collectionId().toString());
  }

  WorkItemId id(int number) {
    return new WorkItemId(organization(), number);
  }

  /** Takes in all that the hooks bring. */
  void takeDeliveries() throws Exception {
    Objects.requireNonNull(hooks).takeAll(handler);
  }

  /** Takes in one delivery, if there is one. */
  void takeDelivery() throws Exception {
    boolean _ = Objects.requireNonNull(hooks).take(handler);
  }

  /** A story that both sides know. */
  int story() throws Exception {
    int number = board.create("User Story");
    takeDeliveries();
    return number;
  }

  void policy(ConflictPolicy policy) throws Exception {
    var project =
        new ProjectId(
            organization(), sandbox.control().projectId(sandbox.settings().project()).toString());
    send(new ChooseConflictPolicy(project, policy));
  }

  TransitionAnswer request(int number, WorkItemState to) throws Exception {
    return (TransitionAnswer) send(new RequestTransition(id(number), to, basis(number)));
  }

  Basis basis(int number) {
    Reading reading =
        new TransitionRules(events(), new LoggedProjectStates(events()))
            .of(id(number))
            .orElseThrow();
    return new Basis(
        reading.process(),
        reading.gates(),
        Instant.now(),
        new Decider("olga", null, List.of("operator")));
  }

  Object send(AggregateCommand command) throws Exception {
    Object answer =
        node.sender()
            .send(
                command,
                UUID.randomUUID(),
                Map.of(
                    Provenance.ACTOR, "principal:olga",
                    Provenance.CORRELATION_ID, "c",
                    Provenance.CAUSATION_ID, "c"));
    return Objects.requireNonNull(answer);
  }

  /** Events of an item, by the simple names of their types. */
  List<String> names(int number) {
    return eventsOf(number).stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  /** Who caused the last event of an item. */
  Object lastActor(int number) {
    return events()
        .readEvents(id(number).toString())
        .asStream()
        .map(message -> message.getMetaData().get(Provenance.ACTOR))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  List<WorkItemEvent> eventsOf(int number) {
    return events()
        .readEvents(id(number).toString())
        .asStream()
        .map(message -> (WorkItemEvent) message.getPayload())
        .toList();
  }

  @Override
  public void close() {
    node.close();
    azureDevOps.close();
    if (hooks != null) {
      hooks.close();
    }
    board.close();
    sandbox.close();
    keys.close();
    table.close();
  }
}
