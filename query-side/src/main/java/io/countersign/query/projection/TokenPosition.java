package io.countersign.query.projection;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/** The position a token stands for. */
final class TokenPosition {

  /** Nothing was read yet. */
  static final long NOTHING = -1;

  private TokenPosition() {}

  /** Index up to which everything was seen. */
  static long of(@Nullable TrackingToken token) {
    TrackingToken lowest = token == null ? null : WrappedToken.unwrapLowerBound(token);
    return lowest == null ? NOTHING : lowest.position().orElse(NOTHING);
  }
}
