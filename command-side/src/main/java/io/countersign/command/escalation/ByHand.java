package io.countersign.command.escalation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody raises by hand; the text is sealed. */
record ByHand(
    @Schema(example = "operational") @Nullable String category,
    @Schema(example = "high") @Nullable String severity,
    @Schema(example = "the release of payments waits for nobody knows what") @Nullable String text,
    @Schema(example = "workitem:fabrikam:42") @Nullable String workItem,
    @Schema(description = "the same matter has the same key; a new one when absent")
        @Nullable String dedupeKey) {

  @Override
  public String toString() {
    return "ByHand[...]";
  }
}
