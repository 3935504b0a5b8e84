package io.countersign.command.inbox;

import java.util.UUID;

/**
 * Proof that a delivery is durable.
 *
 * @param deliveryId ours; the first delivery's when this one repeats it
 * @param digest {@code sha256:} and the hex digest of the ciphertext as stored
 * @param duplicate whether the same delivery had been received before
 */
public record Receipt(UUID deliveryId, String digest, boolean duplicate) {}
