package io.countersign.command.transition;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.azuredevops.CommandSide;
import io.countersign.command.azuredevops.TestKeys;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.ProjectController;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.testkit.TestPostgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What operators ask for, over HTTP, on real aggregates. */
class OperatorApiTest {

  private static final String ITEM = "workitem:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:4711";
  private static final String PROJECT =
      "project:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:2d4d6c1e-0b1f-4c6c-8a77-90b1c2d3e4f5";
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final UUID COMMAND = new UUID(0, 42);

  private static HikariDataSource dataSource;

  private CommandSide commandSide;
  private WebTestClient client;

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
  void start() throws Exception {
    commandSide = new CommandSide(dataSource, new TestKeys());
    commandSide.handle(fixture("workitem.created"));
    var events = commandSide.axon().eventStore();
    var projects = new LoggedProjectStates(events);
    var commands = new OperatorCommands(commandSide.sender(), () -> COMMAND);
    LogReader log = new HeadOnly(commandSide);
    client =
        WebTestClient.bindToController(
                new TransitionController(
                    new GateDesk(
                        commands,
                        new TransitionRules(events, projects),
                        new LinkedPrincipals(events),
                        log,
                        InstantSource.fixed(NOW),
                        () -> COMMAND)),
                new ProjectController(commands, log))
            .controllerAdvice(new Problems())
            .argumentResolvers(resolvers -> resolvers.addCustomResolver(new Olga()))
            .build();
  }

  @AfterEach
  void stop() {
    commandSide.close();
  }

  @Test
  void theRulesAreThoseOfTheTypeItHasNow() throws Exception {
    String body =
        new String(fixture("workitem.updated.state"), StandardCharsets.UTF_8)
            .replaceFirst("System.Reason", "System.WorkItemType")
            .replaceFirst("Implementation started", "Product Backlog Item");
    commandSide.handle(body.getBytes(StandardCharsets.UTF_8));
    var events = commandSide.axon().eventStore();
    assertThat(
            new TransitionRules(events, new LoggedProjectStates(events))
                .of(WorkItemId.parse(ITEM))
                .map(Reading::process))
        .contains(Process.SCRUM);
  }

  @Test
  void aTransitionIsRequestedByThePrincipal() {
    post(ITEM, "Ready")
        .expectStatus()
        .isAccepted()
        .expectBody()
        .json(
            """
            {"workItem":"%s","from":"New","to":"Ready","atLeast":3}
            """
                .formatted(ITEM));
    DomainEventMessage<?> last = commandSide.log().getLast();
    assertThat(commandSide.names()).endsWith("workitem.TransitionRequested");
    assertThat(last.getAggregateIdentifier()).isEqualTo(ITEM);
  }

  @Test
  void idsMayBePercentEncoded() {
    client
        .post()
        .uri(java.net.URI.create("/api/v1/work-items/" + ITEM.replace(":", "%3A") + "/transitions"))
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(Map.of("to", "Ready"))
        .exchange()
        .expectStatus()
        .isAccepted();
  }

  @Test
  void aRefusalNamesTheRuleAndIsRecorded() {
    post(ITEM, "Done")
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("transition-refused")
        .jsonPath("$.rule")
        .isEqualTo("agile.transition");
    assertThat(commandSide.names())
        .endsWith("workitem.TransitionDecided", "workitem.TransitionRefused");
  }

  @Test
  void theProcessChosenByTheOperatorRules() {
    put("/process", Map.of("process", "basic"))
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"project\":\"%s\",\"atLeast\":2}".formatted(PROJECT));
    post(ITEM, "Done").expectStatus().isAccepted();
  }

  @Test
  void whoWinsAConflictIsRecordedOnce() {
    put("/conflict-policy", Map.of("keep", "ask")).expectStatus().isOk();
    put("/conflict-policy", Map.of("keep", "ask")).expectStatus().isOk();
    assertThat(commandSide.names()).containsOnlyOnce("project.ConflictPolicyChosen");
    put("/conflict-policy", Map.of("keep", "mine")).expectStatus().isBadRequest();
    put("/conflict-policy", Map.of()).expectStatus().isBadRequest();
  }

  @Test
  void aMappedStateIsReadThatWay() throws Exception {
    put(
            "/states",
            Map.of("workItemType", "User Story", "sourceState", "Parked", "state", "Blocked"))
        .expectStatus()
        .isOk();
    commandSide.handle(fixture("workitem.updated.unmapped-state"));
    assertThat(commandSide.names())
        .endsWith(
            "workitem.StateChanged", "workitem.TransitionDecided", "workitem.TransitionViolated")
        .doesNotContain("workitem.StateUnmapped");
  }

  @Test
  void whatIsUnknownIsNotFound() {
    post(ITEM + "9", "Ready").expectStatus().isNotFound();
    client
        .put()
        .uri("/api/v1/projects/{id}/process", PROJECT + "9")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(Map.of("process", "agile"))
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    post(ITEM, "Somewhere")
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.detail")
        .value(detail -> assertThat((String) detail).contains("InProgress"));
    post("4711", "Ready").expectStatus().isBadRequest();
    put("/process", Map.of("process", "waterfall")).expectStatus().isBadRequest();
    put("/process", Map.of()).expectStatus().isBadRequest();
    put("/states", Map.of("workItemType", "Bug")).expectStatus().isBadRequest();
    put("/states", Map.of("workItemType", "B", "sourceState", "a\0", "state", "Done"))
        .expectStatus()
        .isBadRequest();
  }

  @Test
  void thePrincipalIsTheActor() throws Exception {
    var sent = new java.util.ArrayList<Map<String, ?>>();
    var commands =
        new OperatorCommands(
            (command, id, metadata) -> {
              sent.add(metadata);
              return null;
            },
            () -> COMMAND);
    commands.send(
        new io.countersign.kernel.project.ProjectCommand.ChooseProcess(
            io.countersign.kernel.project.ProjectId.parse(PROJECT),
            io.countersign.kernel.project.Process.AGILE),
        Olga.PRINCIPAL);
    assertThat(sent)
        .containsExactly(
            Map.of(
                Provenance.ACTOR, "principal:olga",
                Provenance.CORRELATION_ID, COMMAND.toString(),
                Provenance.CAUSATION_ID, COMMAND.toString()));
  }

  private WebTestClient.ResponseSpec post(String item, String to) {
    return client
        .post()
        .uri("/api/v1/work-items/{id}/transitions", item)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(Map.of("to", to))
        .exchange();
  }

  private WebTestClient.ResponseSpec put(String what, Map<String, String> body) {
    return client
        .put()
        .uri("/api/v1/projects/{id}" + what, PROJECT)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  private static byte[] fixture(String name) throws Exception {
    try (InputStream in =
        OperatorApiTest.class.getResourceAsStream("/fixtures/" + name + ".json")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  /** Stands in for the application's authentication. */
  private static final class Olga implements HandlerMethodArgumentResolver {

    static final Principal PRINCIPAL = new Principal("olga", Set.of(Role.OPERATOR));

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Principal.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
      return Mono.just(PRINCIPAL);
    }
  }

  /** Stands in for the application's problem details. */
  @RestControllerAdvice
  static class Problems {

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> on(ProblemException problem) {
      Map<String, Object> body = new java.util.HashMap<>(problem.properties());
      body.put("type", problem.type().slug());
      body.put("detail", problem.detail());
      return ResponseEntity.status(problem.type().status()).body(body);
    }
  }

  private record HeadOnly(CommandSide commandSide) implements LogReader {

    @Override
    public Optional<LogHead> head() {
      return Optional.of(new LogHead(commandSide.log().size() - 1, new byte[32], Instant.EPOCH));
    }

    @Override
    public Optional<StoredEntry> entry(long index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredEntry> page(long from, int limit, Filter filter) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long scan(long from, Consumer<StoredEntry> consumer) {
      throw new UnsupportedOperationException();
    }
  }
}
