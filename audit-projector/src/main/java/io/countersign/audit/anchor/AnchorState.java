package io.countersign.audit.anchor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an anchor is doing on this node.
 *
 * @param lastSuccess when it gave evidence last, here or by what the log says; null for never
 * @param failures since the start of this node
 * @param failingSince when the failures began that go on; null when it does not fail
 * @param why it fails; null when it does not
 * @param lacking who did not vouch the last time although others sufficed, and why
 */
record AnchorState(
    @Nullable Instant lastSuccess,
    long failures,
    @Nullable Instant failingSince,
    @Nullable String why,
    List<String> lacking) {

  static final AnchorState NEW = new AnchorState(null, 0, null, null, List.of());

  boolean isFailing() {
    return failingSince != null;
  }

  AnchorState succeeded(Instant now, List<String> without) {
    return new AnchorState(now, failures, null, null, without);
  }

  /** The log says when it gave evidence last. */
  AnchorState knownSince(Instant at) {
    return new AnchorState(at, failures, failingSince, why, lacking);
  }

  AnchorState failed(Instant now, String reason) {
    return new AnchorState(
        lastSuccess, failures + 1, failingSince == null ? now : failingSince, reason, List.of());
  }
}
