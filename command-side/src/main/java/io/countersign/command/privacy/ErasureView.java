package io.countersign.command.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.KeyOwner;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/**
 * An erasure as people see it.
 *
 * @param erasure id
 * @param subject whom
 * @param state requested, approved, held, refused, withdrawn, begun, erased or certified
 * @param says what it waits for, or how it ended, in a sentence
 * @param basis word of the legal basis
 * @param reason as it was given
 * @param alsoErase further owners whose text goes as a whole
 * @param requestedBy who asked
 * @param approvedBy who approved
 * @param heldBy legal holds that block it
 */
public record ErasureView(
    UUID erasure,
    UUID subject,
    @Schema(example = "approved") String state,
    @Schema(example = "1 of 2 approvals") String says,
    @Schema(example = "no-longer-needed") String basis,
    String reason,
    @Schema(example = "[\"workitem:fabrikam:4711\"]") List<String> alsoErase,
    @Schema(example = "principal:ann") String requestedBy,
    List<String> approvedBy,
    List<UUID> heldBy) {

  static ErasureView of(Erasure erasure, Dossier dossier, int nodesBehind, Words words) {
    boolean held = !erasure.stage().isOver() && !dossier.holds().isEmpty();
    boolean blocked = held && !erasure.stage().isIrrevocable();
    return new ErasureView(
        erasure.request().erasure(),
        erasure.request().subject().value(),
        erasure.stage() == Stage.APPROVED && blocked ? "held" : erasure.stage().word(),
        says(erasure, blocked, nodesBehind),
        erasure.request().basis().word(),
        words.of(erasure.request().reason()),
        erasure.request().alsoErase().stream().map(KeyOwner::value).toList(),
        erasure.request().by().ref(),
        erasure.approvedBy().stream().map(Actor::ref).toList(),
        blocked ? List.copyOf(dossier.holds().keySet()) : List.of());
  }

  private static String says(Erasure erasure, boolean blocked, int nodesBehind) {
    return switch (erasure.stage()) {
      case REQUESTED ->
          "%d of %d approvals%s"
              .formatted(
                  erasure.approvedBy().size(),
                  Erasure.APPROVALS,
                  blocked ? "; a legal hold blocks it as well" : "");
      case APPROVED ->
          blocked ? "a legal hold blocks it: lift it, and it goes on" : "about to begin";
      case REFUSED -> "refused";
      case WITHDRAWN -> "withdrawn by who asked";
      case BEGUN -> "keys are being destroyed";
      case ERASED ->
          nodesBehind > 0
              ? "erased; %d node(s) have not said yet that they dropped the keys"
                  .formatted(nodesBehind)
              : "erased; the log is searched for text that could still be opened";
      case CERTIFIED -> "erased; the certificate is there";
    };
  }

  /** Opens what people wrote. */
  @FunctionalInterface
  interface Words {
    String of(io.countersign.kernel.privacy.SealedText text);
  }
}
