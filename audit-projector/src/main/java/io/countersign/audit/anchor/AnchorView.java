package io.countersign.audit.anchor;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An anchor, as the API shows it.
 *
 * @param name as configured
 * @param kind rfc3161, witness or file
 * @param interval how often at most it is asked, in seconds
 * @param here whether this node seals, so that its anchors run here
 * @param size of the checkpoint it vouched for last, as the log says; absent before the first
 * @param anchoredAt when that was recorded
 * @param failures since the start of this node
 * @param failingSince when the failures began that go on; absent when it does not fail
 * @param why it fails
 * @param lacking witnesses that did not cosign the last time although others sufficed, and why
 */
record AnchorView(
    @Schema(example = "tsa") String name,
    @Schema(example = "rfc3161") String kind,
    @Schema(example = "600") long interval,
    boolean here,
    @Schema(example = "4711") @Nullable Long size,
    @Nullable Instant anchoredAt,
    @Schema(example = "0") long failures,
    @Nullable Instant failingSince,
    @Schema(example = "the authority answered 500") @Nullable String why,
    @Schema(example = "[]") List<String> lacking) {

  /**
   * All of them.
   *
   * @param items in the order of the configuration
   */
  record Page(List<AnchorView> items) {}
}
