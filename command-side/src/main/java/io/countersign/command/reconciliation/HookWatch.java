package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.reconciliation.Hooks.Hook;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordSubscriptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how the subscriptions of a project stand and records what changed. */
final class HookWatch {

  private static final Logger LOG = LoggerFactory.getLogger(HookWatch.class);

  private final Hooks hooks;
  private final RunTable table;
  private final CommandSender sender;
  private final Supplier<UUID> newIds;

  HookWatch(Hooks hooks, RunTable table, CommandSender sender, Supplier<UUID> newIds) {
    this.hooks = hooks;
    this.table = table;
    this.sender = sender;
    this.newIds = newIds;
  }

  /** Looks. A list that cannot be had is no list: nothing is concluded from it. */
  void look(Source source) throws Exception {
    if (!hooks.isKnown()) {
      return;
    }
    switch (hooks.list(source)) {
      case Answer.Ok<List<Hook>> ok -> record(source, ok.value(), Actor.RECONCILIATION);
      case Answer.Failure<List<Hook>> failure ->
          LOG.warn("how webhooks of {} stand is not known: {}", source.project(), failure.why());
    }
  }

  /** Records how they stand. */
  void record(Source source, List<Hook> all, Actor actor) throws Exception {
    table.see(source.project(), source.name());
    table.hooks(source.project(), Hooks.words(all));
    UUID id = newIds.get();
    sender.send(
        new RecordSubscriptions(source.project(), Hooks.statuses(all)),
        id,
        Map.of(
            Provenance.ACTOR, actor.ref(),
            Provenance.CORRELATION_ID, id.toString(),
            Provenance.CAUSATION_ID, id.toString()));
  }
}
