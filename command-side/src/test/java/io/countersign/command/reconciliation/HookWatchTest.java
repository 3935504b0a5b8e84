package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.reconciliation.Hooks.Hook;
import io.countersign.command.webhook.WebhookSettings;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import io.countersign.sandbox.azuredevops.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions: which are ours, what changed, made and made anew. */
class HookWatchTest {

  private static final String URL = "https://countersign.example.com/webhooks/azure-devops";

  @TempDir private Path directory;

  private RealReconciliation node;
  private RealSource azure;
  private Source source;
  private final Hooks hooks = new Hooks(URL, WebhookSettings.withSecret("hook-secret"));
  private HookWatch watch;

  @BeforeEach
  void start() throws Exception {
    node = new RealReconciliation(directory);
    azure = new RealSource(directory, node::receive);
    source = azure.source();
    watch = new HookWatch(hooks, node.table, node.sender, UUID::randomUUID);
  }

  @AfterEach
  void stop() {
    azure.close();
    node.close();
  }

  private static List<Hook> all(Answer<List<Hook>> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<List<Hook>>) answer).value();
  }

  private List<SubscriptionStatusChanged> changes() {
    return new Results(node.log.store())
        .of(source.project(), null, 50).items().stream()
            .map(result -> (SubscriptionStatusChanged) result.event())
            .toList();
  }

  @Test
  void othersAreNotOursAndTheMissingAreMadeOnce() throws Exception {
    assertThat(all(hooks.list(source)))
        .hasSize(Hooks.NEEDED.size())
        .allMatch(hook -> hook.status().equals(Hooks.MISSING));
    watch.look(source);
    assertThat(changes()).hasSize(Hooks.NEEDED.size());

    List<Hook> made = all(hooks.create(source, false));
    assertThat(made).allMatch(hook -> hook.status().equals("enabled"));
    assertThat(all(hooks.create(source, true))).isEqualTo(made);
  }

  @Test
  void oneWhoseOwnerLeftIsRecordedAndMadeAnew() throws Exception {
    List<Hook> made = all(hooks.create(source, false));
    watch.look(source);
    assertThat(changes()).isEmpty();

    Hook left = made.getFirst();
    azure.sandbox.control().ownerLeft(UUID.fromString(String.valueOf(left.id())));
    watch.look(source);
    watch.look(source);
    assertThat(changes())
        .containsExactly(
            new SubscriptionStatusChanged(
                source.project(), left.eventType(), null, "disabledByInactiveIdentity"));

    Hook anew = all(hooks.create(source, true)).getFirst();
    assertThat(anew.status()).isEqualTo("enabled");
    assertThat(anew.id()).isNotEqualTo(left.id());
    assertThat(source.organization().hooks().get(String.valueOf(left.id())))
        .isInstanceOf(Answer.NotFoundOrNotPermitted.class);
    watch.look(source);
    assertThat(changes().getFirst().after()).isEqualTo("enabled");
  }

  @Test
  void aListThatIsNotGivenIsNoEmptyList() throws Exception {
    azure
        .sandbox
        .control()
        .fault(Fault.of(Fault.Kind.UNAVAILABLE, 1, "GET", "hooks/subscriptions"));
    assertThat(hooks.create(source, true)).isInstanceOf(Answer.Failure.class);
    azure.sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "GET", "hooks/subscriptions"));
    watch.look(source);
    assertThat(changes()).isEmpty();
    assertThat(all(hooks.list(source))).allMatch(hook -> hook.status().equals(Hooks.MISSING));
  }
}
