package io.countersign.command.escalation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is sent to escalations over HTTP, and what comes back. */
final class EscalationBodies {

  private static final String ID = "escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11";

  /** An answer, for the documentation. */
  static final String DONE = "{\"escalation\":\"" + ID + "\",\"changed\":true}";

  private EscalationBodies() {}

  /** What became of it. */
  record Changed(
      @Schema(example = ID) String escalation,
      @Schema(description = "false when it was so before") boolean changed) {}

  /** Who is to have it. */
  record To(@Schema(example = "ann") @Nullable String to) {}

  /** When it is asked about again. */
  record Until(@Schema(example = "2026-11-23T09:00:00Z") @Nullable String until) {}

  /** Where it lives on. */
  record Into(@Schema(example = ID) @Nullable String into) {}

  /** How it ended; the text is sealed. */
  record Ending(
      @Schema(example = "fixed") @Nullable String code,
      @Schema(example = "the mapping was missing") @Nullable String text) {

    @Override
    public String toString() {
      return "Ending[...]";
    }
  }

  /** What somebody raises by hand; the text is sealed. */
  record ByHand(
      @Schema(example = "operational") @Nullable String category,
      @Schema(example = "high") @Nullable String severity,
      @Schema(example = "the release of payments waits for nobody knows what")
          @Nullable String text,
      @Schema(example = "workitem:fabrikam:42") @Nullable String workItem,
      @Schema(description = "the same matter has the same key; a new one when absent")
          @Nullable String dedupeKey) {

    @Override
    public String toString() {
      return "ByHand[...]";
    }
  }
}
