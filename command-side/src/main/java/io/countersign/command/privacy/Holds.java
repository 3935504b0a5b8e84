package io.countersign.command.privacy;

import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.privacy.Matters.Kind;
import io.countersign.command.privacy.Matters.Matter;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.privacy.PrivacyCommand.LiftHold;
import io.countersign.kernel.privacy.PrivacyCommand.PlaceHold;
import io.countersign.kernel.privacy.PrivacyEvent.HoldPlaced;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Legal holds: placed, lifted, listed. */
final class Holds {

  private static final int SHOWN = 500;

  private final Matters matters;
  private final Dossiers dossiers;
  private final IdentityDirectory directory;
  private final PrivacyCommands commands;
  private final Explanations explanations;
  private final ErasureLoop loop;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;

  Holds(
      Matters matters,
      Dossiers dossiers,
      IdentityDirectory directory,
      PrivacyCommands commands,
      Explanations explanations,
      ErasureLoop loop,
      InstantSource clock,
      Supplier<UUID> newIds) {
    this.matters = matters;
    this.dossiers = dossiers;
    this.directory = directory;
    this.commands = commands;
    this.explanations = explanations;
    this.loop = loop;
    this.clock = clock;
    this.newIds = newIds;
  }

  HoldView place(SubjectId subject, @Nullable String reason, Principal principal) throws Exception {
    UUID id = newIds.get();
    var command = new PlaceHold(subject, id, Explanations.ofHold(id, reason), principal.actor());
    if (!directory.isKnown(subject)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "no subject with this id is known: find it by an alias first");
    }
    matters.open(id, Kind.HOLD, subject, clock.instant());
    try {
      commands.send(command, principal);
    } catch (ProblemException e) {
      matters.remove(id);
      throw e;
    }
    HoldPlaced placed = Objects.requireNonNull(dossiers.of(subject).holds().get(id));
    return HoldView.of(placed, explanations);
  }

  void lift(UUID id, @Nullable String reason, Principal principal) throws Exception {
    SubjectId subject =
        matters
            .subject(id, Kind.HOLD)
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "there is no legal hold " + id));
    commands.send(
        new LiftHold(subject, id, Explanations.ofHold(id, reason), principal.actor()), principal);
    matters.close(id);
    loop.wake();
  }

  /** Those that stand, oldest first. */
  List<HoldView> standing() {
    return matters.open(Kind.HOLD, SHOWN).stream()
        .map(this::placed)
        .filter(Objects::nonNull)
        .map(placed -> HoldView.of(placed, explanations))
        .toList();
  }

  private @Nullable HoldPlaced placed(Matter matter) {
    return dossiers.of(matter.subject()).holds().get(matter.id());
  }
}
