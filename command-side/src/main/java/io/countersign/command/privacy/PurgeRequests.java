package io.countersign.command.privacy;

import io.countersign.command.privacy.Matters.Kind;
import io.countersign.command.privacy.Matters.Matter;
import io.countersign.command.privacy.PurgeableEntries.Found;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.PurgeCommand.ApprovePurge;
import io.countersign.kernel.privacy.PurgeCommand.RefusePurge;
import io.countersign.kernel.privacy.PurgeCommand.RequestPurge;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What principals ask for and decide about purges, and how these stand. */
final class PurgeRequests {

  private static final int SHOWN = 200;

  private final Matters matters;
  private final PurgeCases cases;
  private final PurgeableEntries purgeable;
  private final Purging purging;
  private final PurgeCertifying certifying;
  private final PrivacyCommands commands;
  private final Explanations explanations;
  private final ErasureLoop loop;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;

  PurgeRequests(
      Matters matters,
      PurgeCases cases,
      PurgeableEntries purgeable,
      Purging purging,
      PurgeCertifying certifying,
      PrivacyCommands commands,
      Explanations explanations,
      ErasureLoop loop,
      InstantSource clock,
      Supplier<UUID> newIds) {
    this.matters = matters;
    this.cases = cases;
    this.purgeable = purgeable;
    this.purging = purging;
    this.certifying = certifying;
    this.commands = commands;
    this.explanations = explanations;
    this.loop = loop;
    this.clock = clock;
    this.newIds = newIds;
  }

  PurgeView request(
      List<Long> indexes,
      List<SubjectId> subjects,
      LegalBasis basis,
      @Nullable String reason,
      Principal principal)
      throws Exception {
    UUID id = newIds.get();
    Found found = purgeable.find(indexes);
    var persons = new LinkedHashSet<>(subjects);
    persons.addAll(found.persons());
    var command =
        new RequestPurge(
            id,
            found.entries(),
            List.copyOf(persons),
            basis,
            Explanations.ofPurge(id, reason),
            principal.actor());
    matters.open(id, Kind.PURGE, Purging.row(id), clock.instant());
    try {
      commands.send(command, principal);
    } catch (ProblemException e) {
      matters.remove(id); // refused; after any other failure it may have been recorded
      throw e;
    }
    return view(id);
  }

  PurgeView approve(UUID id, Principal principal) throws Exception {
    known(id);
    commands.send(new ApprovePurge(id, principal.actor()), principal);
    loop.wake();
    return view(id);
  }

  PurgeView refuse(UUID id, @Nullable String reason, Principal principal) throws Exception {
    known(id);
    commands.send(
        new RefusePurge(id, Explanations.ofPurge(id, reason), principal.actor()), principal);
    return view(id);
  }

  PurgeView view(UUID id) {
    return view(known(id));
  }

  private PurgeView view(PurgeCase purge) {
    return PurgeView.of(purge, purging.holds(purge), explanations::open);
  }

  /** Newest first. */
  List<PurgeView> list(boolean openOnly) {
    List<Matter> found =
        openOnly ? matters.open(Kind.PURGE, SHOWN) : matters.all(Kind.PURGE, SHOWN);
    List<PurgeView> views = new ArrayList<>();
    for (Matter matter : found) {
      cases
          .of(matter.id())
          .filter(purge -> !(openOnly && purge.stage().isOver()))
          .ifPresent(purge -> views.add(view(purge)));
    }
    return views;
  }

  PurgeCertificateView certificate(UUID id) {
    known(id);
    return certifying
        .issued(id, cases.history(id))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.WRONG_STATE,
                    "there is no certificate of this purge yet: " + view(id).says()));
  }

  private PurgeCase known(UUID id) {
    return cases
        .of(id)
        .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no purge " + id));
  }
}
