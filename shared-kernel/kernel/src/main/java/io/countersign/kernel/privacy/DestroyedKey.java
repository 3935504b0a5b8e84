package io.countersign.kernel.privacy;

import java.util.UUID;

/**
 * A key that is no more.
 *
 * @param id as envelopes name it
 * @param owner whose it was
 * @param purpose what it sealed
 */
public record DestroyedKey(UUID id, KeyOwner owner, String purpose) {}
