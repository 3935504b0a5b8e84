package io.countersign.query.projection;

/**
 * A projection has as many dead letters as it may have: something is wrong with more than single
 * events, and it stops.
 */
public final class DeadLettersFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeadLettersFullException(String processor, int limit, long index, String code) {
    super(
        "%s has %d dead letters, the most it may have (countersign.query.dead-letters): it stops at entry %d, %s"
            .formatted(processor, limit, index, code));
  }
}
