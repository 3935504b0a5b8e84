package io.countersign.command.privacy;

import io.countersign.kernel.privacy.PrivacyEvent.HoldPlaced;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * A legal hold.
 *
 * @param hold id
 * @param subject whom it protects from erasure
 * @param reason as it was given
 * @param placedBy who placed it
 */
public record HoldView(
    UUID hold,
    UUID subject,
    @Schema(example = "court file 12") String reason,
    @Schema(example = "principal:ann") String placedBy) {

  static HoldView of(HoldPlaced placed, Explanations explanations) {
    return new HoldView(
        placed.hold(),
        placed.subject().value(),
        explanations.open(placed.reason()),
        placed.by().ref());
  }
}
