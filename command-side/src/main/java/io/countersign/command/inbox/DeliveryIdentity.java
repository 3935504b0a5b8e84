package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyRing.DataKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When two deliveries are the same: subscription, notification, event and body all equal. Judged by
 * an HMAC under a key derived from the daily key, so that after its destruction nobody can test
 * whether a guessed body was received.
 */
final class DeliveryIdentity {

  private static final byte[] LABEL =
      "countersign inbox identity 1".getBytes(StandardCharsets.US_ASCII);

  private DeliveryIdentity() {}

  /** The identity under one day's key. */
  static byte[] of(
      DataKey key,
      @Nullable UUID subscriptionId,
      @Nullable Long notificationId,
      @Nullable UUID eventId,
      byte[] sha256) {
    ByteBuffer message = ByteBuffer.allocate(17 + 9 + 17 + 32);
    put(message, subscriptionId);
    message.put((byte) (notificationId == null ? 0 : 1));
    message.putLong(notificationId == null ? 0 : notificationId);
    put(message, eventId);
    message.put(sha256);
    return Digests.hmac(Digests.hmac(key.secret().getEncoded(), LABEL), message.array());
  }

  private static void put(ByteBuffer message, @Nullable UUID id) {
    message.put((byte) (id == null ? 0 : 1));
    message.putLong(id == null ? 0 : id.getMostSignificantBits());
    message.putLong(id == null ? 0 : id.getLeastSignificantBits());
  }
}
