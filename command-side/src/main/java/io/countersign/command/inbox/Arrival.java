package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyRing.DataKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A delivery ready to be stored: sealed, identified, given its lane.
 *
 * @param sealed ciphertext of headers and body
 * @param identity equal for the same delivery under the same key
 */
record Arrival(
    UUID id,
    Instant receivedAt,
    UUID keyId,
    byte[] identity,
    byte[] sealed,
    byte[] digest,
    long size,
    boolean oversized,
    EnvelopePeek peek,
    String lane) {

  /** Seals what came in. */
  static Arrival of(Incoming incoming, UUID id, Instant receivedAt, DataKey key) {
    EnvelopePeek peek = EnvelopePeek.of(incoming.body());
    byte[] identity =
        DeliveryIdentity.of(
            key, peek.subscriptionId(), peek.notificationId(), peek.eventId(), incoming.sha256());
    byte[] sealed =
        SealedContent.seal(
            key, id, new SealedContent(incoming.headers(), incoming.body(), incoming.sha256()));
    return new Arrival(
        id,
        receivedAt,
        key.id(),
        identity,
        sealed,
        Digests.sha256(sealed),
        incoming.size(),
        incoming.oversized(),
        peek,
        Lane.of(peek, id));
  }

  LocalDate day() {
    return day(receivedAt);
  }

  static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return "Arrival[" + id + "]";
  }
}
