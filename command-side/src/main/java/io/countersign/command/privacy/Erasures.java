package io.countersign.command.privacy;

import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.privacy.Dossiers.Told;
import io.countersign.command.privacy.Matters.Kind;
import io.countersign.command.privacy.Matters.Matter;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.PrivacyCommand.ApproveErasure;
import io.countersign.kernel.privacy.PrivacyCommand.RefuseErasure;
import io.countersign.kernel.privacy.PrivacyCommand.RequestErasure;
import io.countersign.kernel.privacy.PrivacyCommand.WithdrawErasure;
import io.countersign.kernel.privacy.RefusalGround;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What principals ask for and decide about erasures, and how these stand. */
final class Erasures {

  private static final int SHOWN = 200;

  private final Matters matters;
  private final Dossiers dossiers;
  private final IdentityDirectory directory;
  private final PrivacyCommands commands;
  private final Certifying certifying;
  private final Explanations explanations;
  private final ErasureLoop loop;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;

  Erasures(
      Matters matters,
      Dossiers dossiers,
      IdentityDirectory directory,
      PrivacyCommands commands,
      Certifying certifying,
      Explanations explanations,
      ErasureLoop loop,
      InstantSource clock,
      Supplier<UUID> newIds) {
    this.matters = matters;
    this.dossiers = dossiers;
    this.directory = directory;
    this.commands = commands;
    this.certifying = certifying;
    this.explanations = explanations;
    this.loop = loop;
    this.clock = clock;
    this.newIds = newIds;
  }

  ErasureView request(
      SubjectId subject,
      List<KeyOwner> alsoErase,
      LegalBasis basis,
      @Nullable String reason,
      Principal principal)
      throws Exception {
    UUID id = newIds.get();
    var command =
        new RequestErasure(
            subject, id, alsoErase, basis, Explanations.ofErasure(id, reason), principal.actor());
    if (!directory.isKnown(subject)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "no subject with this id is known: find it by an alias first");
    }
    matters.open(id, Kind.ERASURE, subject, clock.instant());
    try {
      commands.send(command, principal);
    } catch (ProblemException e) {
      matters.remove(id); // refused; after any other failure it may have been recorded
      throw e;
    }
    return view(id);
  }

  ErasureView approve(UUID id, Principal principal) throws Exception {
    commands.send(new ApproveErasure(subject(id), id, principal.actor()), principal);
    loop.wake();
    return view(id);
  }

  ErasureView refuse(UUID id, RefusalGround ground, @Nullable String reason, Principal principal)
      throws Exception {
    commands.send(
        new RefuseErasure(
            subject(id), id, ground, Explanations.ofErasure(id, reason), principal.actor()),
        principal);
    return view(id);
  }

  ErasureView withdraw(UUID id, Principal principal) throws Exception {
    commands.send(new WithdrawErasure(subject(id), id, principal.actor()), principal);
    return view(id);
  }

  ErasureView view(UUID id) {
    SubjectId subject = subject(id);
    Dossier dossier = dossiers.of(subject);
    Erasure erasure = dossier.erasures().get(id);
    if (erasure == null) {
      throw unknown(id);
    }
    return view(erasure, dossier);
  }

  ErasureView view(Erasure erasure, Dossier dossier) {
    int behind = erasure.stage() == Stage.ERASED ? certifying.nodes(erasure).behind().size() : 0;
    return ErasureView.of(erasure, dossier, behind, explanations::open);
  }

  /** Newest first. */
  List<ErasureView> list(boolean openOnly) {
    List<Matter> found =
        openOnly ? matters.open(Kind.ERASURE, SHOWN) : matters.all(Kind.ERASURE, SHOWN);
    List<ErasureView> views = new ArrayList<>();
    for (Matter matter : found) {
      Dossier dossier = dossiers.of(matter.subject());
      Erasure erasure = dossier.erasures().get(matter.id());
      if (erasure != null && !(openOnly && erasure.stage().isOver())) {
        views.add(view(erasure, dossier));
      }
    }
    return views;
  }

  CertificateView certificate(UUID id) {
    SubjectId subject = subject(id);
    List<Told> history = dossiers.history(subject);
    return certifying
        .issued(subject, id, history)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.WRONG_STATE,
                    "there is no certificate of this erasure yet: " + view(id).says()));
  }

  private SubjectId subject(UUID id) {
    return matters.subject(id, Kind.ERASURE).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(UUID id) {
    return new ProblemException(ProblemType.NOT_FOUND, "there is no erasure " + id);
  }
}
