package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ITEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.policy.PolicyBook;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.Projects;
import io.countersign.kernel.access.LinkPrincipal;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A work item goes from New to Done over HTTP under the policy that comes for CMMI, through every
 * gate. Whatever a step misses is said first, in words; then it is brought, by whoever the policy
 * wants it of; then the step is granted, and the source reports it.
 */
class GateWalkTest {

  private static final List<String> STEPS =
      List.of("Ready", "InProgress", "CodeReview", "Testing", "Staging", "Production", "Done");
  private static final Person WANDA = Cmmi.WANDA;
  private static final Person RITA = Cmmi.person(31);

  /** Who is there, with the role each has. */
  private static final Map<String, Role> PEOPLE =
      Map.ofEntries(
          Map.entry("wanda", Role.APPROVER),
          Map.entry("tess", Role.TEAM_LEAD),
          Map.entry("theo", Role.TECHNICAL_LEAD),
          Map.entry("rita", Role.REVIEWER),
          Map.entry("sam", Role.SECURITY_REVIEWER),
          Map.entry("quinn", Role.QA),
          Map.entry("quentin", Role.QA),
          Map.entry("rene", Role.RELEASE_MANAGER),
          Map.entry("stella", Role.STAKEHOLDER));

  /** Who decides what. */
  private static final Map<String, String> DECIDES =
      Map.ofEntries(
          Map.entry("team_lead_approval", "tess"),
          Map.entry("technical_lead_approval", "theo"),
          Map.entry("self_review_complete", "wanda"),
          Map.entry("reviewer_approval", "rita"),
          Map.entry("security_review", "sam"),
          Map.entry("qa_approval", "quinn"),
          Map.entry("test_report_review", "quentin"),
          Map.entry("release_manager_approval", "rene"),
          Map.entry("stakeholder_signoff", "stella"),
          Map.entry("resource_availability", "tess"),
          Map.entry("code_quality_gates", "rita"),
          Map.entry("test_completion", "quinn"),
          Map.entry("quality_criteria_met", "quinn"),
          Map.entry("staging_validation", "quinn"),
          Map.entry("deployment_readiness", "rene"));

  private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
  private Configuration axon;
  private GateHttp http;
  private Work work = new Work(List.of(WANDA.id()), List.of(), List.of(), Map.of());
  private int update = 1;

  @BeforeEach
  void start() {
    var configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> engine);
    new WorkItems(_ -> grounds()).configureModule(configurer);
    new Projects().configureModule(configurer);
    PolicyBook.module().configureModule(configurer);
    LinkedPrincipals.module().configureModule(configurer);
    axon = configurer.start();
    http = new GateHttp(axon, GateWalkTest::principal);
    axon.commandGateway()
        .sendAndWait(new RegisterProject(Samples.PROJECT, "Fabrikam", Process.CMMI));
    int number = 20;
    for (String name : new TreeSet<>(PEOPLE.keySet())) {
      Person person =
          switch (name) {
            case "wanda" -> WANDA;
            case "rita" -> RITA;
            default -> Cmmi.person(100 + number++);
          };
      axon.commandGateway().sendAndWait(new LinkPrincipal(name, person.id()));
    }
    axon.commandGateway().sendAndWait(Samples.created());
    String policy = BuiltIn.reference(Process.CMMI).label();
    assertThat(
            http.post("olga", "/api/v1/projects/" + Samples.PROJECT + "/policies", "policy", policy)
                .status())
        .isEqualTo(200);
  }

  @AfterEach
  void stop() {
    axon.shutdown();
  }

  @Test
  void everyGateFromNewToDone() {
    int brought = 0;
    for (String to : STEPS) {
      List<JsonNode> missing = missing(to);
      if (!to.equals("Done")) {
        assertThat(missing).as("what %s needs", to).isNotEmpty();
        GateHttp.Answer refused = http.item("wanda", "/transitions", "to", to);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("missing")).hasSameSizeAs(missing);
        assertThat(missing)
            .allSatisfy(one -> assertThat(one.path("words").asString()).isNotBlank());
      }
      for (int round = 0; round < 3 && !missing(to).isEmpty(); round++) {
        for (JsonNode one : missing(to)) {
          bring(to, one.path("kind").asString(), one.path("id").asString());
          brought++;
        }
      }
      assertThat(missing(to)).as("nothing is missing for %s any more", to).isEmpty();
      GateHttp.Answer granted = http.item("wanda", "/transitions", "to", to);
      assertThat(granted.status()).as(granted.body().toString()).isEqualTo(202);
      reported(to);
    }
    assertThat(http.get("/next").path("state").asString()).isEqualTo("Done");
    assertThat(brought).isGreaterThanOrEqualTo(30);
    assertThat(payloads()).noneMatch(TransitionViolated.class::isInstance);
    assertThat(
            payloads().stream()
                .filter(TransitionDecided.class::isInstance)
                .map(TransitionDecided.class::cast)
                .filter(one -> one.decision().allowed()))
        .hasSize(STEPS.size());
  }

  @Test
  void nobodyElseCanBringIt() {
    for (String name : PEOPLE.keySet()) {
      GateHttp.Answer answer = approve(name, "Ready", "team_lead_approval");
      assertThat(answer.status()).as(name).isEqualTo(name.equals("tess") ? 200 : 409);
    }
  }

  private void bring(String to, String kind, String id) {
    GateHttp.Answer answer =
        switch (kind) {
          case "document" ->
              http.item(
                  "wanda",
                  "/documents",
                  "kind",
                  id,
                  "digest",
                  "ab".repeat(32),
                  "location",
                  "in the wiki");
          case "approval" -> approve(DECIDES.get(id), to, id);
          case "requirement" -> fulfil(id);
          default -> throw new AssertionError(kind + " " + id);
        };
    assertThat(answer.status()).as(id + ": " + answer.body()).isEqualTo(200);
  }

  /** Some requirements somebody vouches for, others the source has to tell. */
  private GateHttp.Answer fulfil(String id) {
    switch (id) {
      case "assignment_validation" ->
          changed(new FieldChange(Fields.ASSIGNED_TO, null, new FieldValue.Person(WANDA)));
      case "code_completion", "peer_review_approval" ->
          work =
              new Work(
                  work.workers(),
                  List.of(
                      Map.of(
                          "id",
                          "7",
                          "status",
                          "completed",
                          "createdBy",
                          WANDA.id().toString(),
                          "votes",
                          id.equals("code_completion")
                              ? List.of()
                              : List.of(Map.of("by", RITA.id().toString(), "vote", 10L)))),
                  work.builds(),
                  Map.of());
      case "unit_tests_passing" ->
          work =
              new Work(
                  work.workers(),
                  work.pullRequests(),
                  List.of(
                      Map.of(
                          "id", "1", "pipeline", "ci", "result", "succeeded", "at", Samples.NOON)),
                  Map.of());
      default -> {
        return http.item(DECIDES.get(id), "/attestations", "requirement", id);
      }
    }
    return new GateHttp.Answer(200, GateHttp.JSON.createObjectNode());
  }

  private GateHttp.Answer approve(String name, String to, String gate) {
    return http.item(name, "/approvals", "to", to, "gate", gate, "decision", "approve");
  }

  private void reported(String to) {
    String from = http.get("/next").path("state").asString();
    changed(Samples.state(from, to));
  }

  private void changed(FieldChange change) {
    update++;
    axon.commandGateway()
        .sendAndWait(
            new RecordUpdate(
                ITEM,
                new Update(List.of(change), List.of(), List.of(), null),
                new Reading(
                    Process.CMMI,
                    Arrays.stream(io.countersign.kernel.workitem.WorkItemState.values())
                        .collect(Collectors.toMap(state -> state.word(), state -> state)),
                    new LoggedProjectStates(axon.eventStore()).of(Samples.PROJECT).gates()),
                null,
                new SourceChange(update, update, Samples.NOON.plusSeconds(update), WANDA)));
  }

  private List<JsonNode> missing(String to) {
    List<JsonNode> steps =
        http.get("/next")
            .path("transitions")
            .valueStream()
            .filter(step -> step.path("to").asString().equals(to))
            .toList();
    assertThat(steps).as("there is a transition to " + to).hasSize(1);
    return steps.getFirst().path("missing").valueStream().toList();
  }

  private List<Object> payloads() {
    return engine
        .readEvents(ITEM.toString())
        .asStream()
        .map(event -> (Object) event.getPayload())
        .toList();
  }

  private Grounds grounds() {
    return new Grounds() {
      @Override
      public io.countersign.rules.policy.TransitionPolicy policy(
          io.countersign.kernel.policy.PolicyReference reference) {
        return BuiltIn.GROUNDS.policy(reference);
      }

      @Override
      public Work work(Relations relations) {
        return work;
      }
    };
  }

  private static Principal principal(String name) {
    return new Principal(name, Set.of(PEOPLE.getOrDefault(name, Role.OPERATOR)));
  }
}
