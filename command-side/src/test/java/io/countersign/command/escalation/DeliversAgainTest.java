package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.automation.IntentTable;
import io.countersign.command.reconciliation.Reconciliations;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationEvent.Resolved;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordSubscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The escalation of subscriptions that do not deliver, from the first look to the last. */
class DeliversAgainTest {

  private static final ProjectId PROJECT = new ProjectId(new OrganizationId("fabrikam"), "shop");

  private final AutomationBench bench = new AutomationBench();
  private final Map<String, String> seen = new TreeMap<>();
  private final Node node =
      bench.start(
          InstantSource.system(),
          List.of(new Detection()),
          List.of(new EscalationAggregate(), new Reconciliations()),
          parts ->
              List.of(
                  new RaiseIntent(
                      _ -> true,
                      new Raising(
                          new ContextPacker(bench.reader()),
                          RoutingFile.builtIn(),
                          parts.sender())),
                  new DeliversAgain(
                      project -> project.equals(PROJECT) && allAreEnabled(),
                      parts.log().store(),
                      parts.sender())));

  @AfterEach
  void close() {
    node.stop();
    bench.close();
  }

  private synchronized boolean allAreEnabled() {
    return seen.values().stream().allMatch("enabled"::equals);
  }

  private synchronized void remember(String created, String updated) {
    seen.put("workitem.created", created);
    seen.put("workitem.updated", updated);
  }

  /** Looks, and waits until what follows from it is over. */
  private List<EscalationEvent> after(String created, String updated) throws Exception {
    remember(created, updated);
    node.sender()
        .send(
            new RecordSubscriptions(PROJECT, new TreeMap<>(seen)),
            UUID.randomUUID(),
            Map.of(
                Provenance.ACTOR, Actor.RECONCILIATION.ref(),
                Provenance.CORRELATION_ID, "c",
                Provenance.CAUSATION_ID, "c"));
    long changes =
        count("select count(*) from eventlog.entry where name like '%SubscriptionStatusChanged'");
    IntentTable.await(
        () -> count("select count(*) from automation.intent where status <> 'waiting'") == changes);
    return node.log()
        .store()
        .readEvents(Raising.idOf(Detection.notEnabled(PROJECT)).toString(), 0)
        .asStream()
        .map(message -> (EscalationEvent) message.getPayload())
        .toList();
  }

  private long count(String sql) {
    return bench.jdbc().sql(sql).query(Long.class).single();
  }

  @Test
  void isResolvedByTheLastOneThatDeliversAgainAndRaisedAnewLater() throws Exception {
    assertThat(after("missing", "onProbation"))
        .hasExactlyElementsOfTypes(Raised.class, EscalationEvent.Repeated.class);
    assertThat(after("enabled", "onProbation")).hasSize(2);
    List<EscalationEvent> resolved = after("enabled", "enabled");
    assertThat(resolved).hasSize(3);
    assertThat(resolved.getLast())
        .isInstanceOfSatisfying(
            Resolved.class,
            end -> {
              assertThat(end.code()).isEqualTo(Resolution.FIXED);
              assertThat(end.by()).isEqualTo(Actor.automation("escalation-detection"));
            });
    assertThat(after("enabled", "disabledBySystem").getLast())
        .isInstanceOfSatisfying(Raised.class, anew -> assertThat(anew.episode()).isEqualTo(2));
    assertThat(bench.failed()).isZero();
  }

  @Test
  void whatAHumanResolvedStaysAsItIs() throws Exception {
    List<EscalationEvent> raised = after("enabled", "missing");
    assertThat(raised).hasExactlyElementsOfTypes(Raised.class);
    var human = Actor.principal("ann");
    var id = raised.getFirst().escalation();
    var text = SealedText.of(id.keyOwner(), Purpose.CONTENT, "done");
    node.sender()
        .send(
            new EscalationCommand.Resolve(id, Resolution.ACCEPTED, text, human, Instant.now()),
            UUID.randomUUID(),
            Map.of(
                Provenance.ACTOR, human.ref(),
                Provenance.CORRELATION_ID, "c",
                Provenance.CAUSATION_ID, "c"));
    assertThat(after("enabled", "enabled")).hasExactlyElementsOfTypes(Raised.class, Resolved.class);
    assertThat(bench.failed()).isZero();
  }
}
