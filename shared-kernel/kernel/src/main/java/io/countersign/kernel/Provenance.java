package io.countersign.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Where a message comes from. Travels as metadata of commands and events under the keys named here,
 * and goes into the entry bytes of the audit log.
 *
 * @param actor who
 * @param correlationId the whole conversation; the delivery id for what a webhook started
 * @param causationId the message that directly caused this one
 * @param deliveryId the delivery of a notification it stems from, if any
 */
public record Provenance(
    Actor actor, String correlationId, String causationId, @Nullable String deliveryId) {

  /** Metadata key of {@link #actor()}. */
  public static final String ACTOR = "actor";

  /** Metadata key of {@link #correlationId()}. */
  public static final String CORRELATION_ID = "correlationId";

  /** Metadata key of {@link #causationId()}. */
  public static final String CAUSATION_ID = "causationId";

  /** Metadata key of {@link #deliveryId()}. */
  public static final String DELIVERY_ID = "deliveryId";
}
