package io.countersign.command.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.NamedEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/**
 * A purge as people see it.
 *
 * @param purge id
 * @param state requested, approved, held, refused, begun or certified
 * @param says what it waits for, or how it ended, in a sentence
 * @param basis word of the legal basis
 * @param reason as it was given
 * @param entries whose text goes
 * @param requestedBy who asked
 * @param approvedBy who approved
 * @param heldBy legal holds that block it
 */
public record PurgeView(
    UUID purge,
    @Schema(example = "approved") String state,
    @Schema(example = "1 of 2 approvals") String says,
    @Schema(example = "unlawful") String basis,
    String reason,
    List<NamedEntry> entries,
    @Schema(example = "principal:ann") String requestedBy,
    List<String> approvedBy,
    List<UUID> heldBy) {

  static PurgeView of(PurgeCase purge, List<UUID> holds, ErasureView.Words words) {
    boolean open = purge.stage() == Stage.REQUESTED || purge.stage() == Stage.APPROVED;
    boolean blocked = open && !holds.isEmpty();
    return new PurgeView(
        purge.request().purge(),
        purge.stage() == Stage.APPROVED && blocked ? "held" : purge.stage().word(),
        says(purge, blocked),
        purge.request().basis().word(),
        words.of(purge.request().reason()),
        purge.request().entries(),
        purge.request().by().ref(),
        purge.approvedBy().stream().map(Actor::ref).toList(),
        blocked ? List.copyOf(holds) : List.of());
  }

  private static String says(PurgeCase purge, boolean blocked) {
    return switch (purge.stage()) {
      case REQUESTED ->
          "%d of %d approvals%s"
              .formatted(
                  purge.approvedBy().size(),
                  Erasure.APPROVALS,
                  blocked ? "; a legal hold blocks it as well" : "");
      case APPROVED ->
          blocked ? "a legal hold blocks it: lift it, and it goes on" : "about to begin";
      case REFUSED -> "refused";
      case BEGUN -> "recorded; the text is being removed";
      case CERTIFIED -> "purged; the certificate is there";
      case WITHDRAWN, ERASED -> purge.stage().word();
    };
  }
}
