package io.countersign.eventlog.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids of events. What a command causes gets ids that follow from the command message's identifier
 * and the ordinal of the event, so that handling the same message twice stores nothing twice.
 */
public final class EventIds {

  /** Namespace of the name-based ids (RFC 9562, version 5). */
  private static final UUID NAMESPACE = UUID.fromString("6f1c4c1e-52a7-5d0b-9a30-7f5be7d1c0de");

  private EventIds() {}

  /**
   * The id of the n-th event of a command.
   *
   * @param commandId message identifier of the command
   * @param ordinal from 0, over the whole unit of work
   */
  public static UUID ofCommand(String commandId, int ordinal) {
    return named("command\n" + commandId + "\n" + ordinal);
  }

  /** A message's own identifier, when it is a UUID as Java writes it, else one that follows. */
  public static UUID ofMessage(String identifier) {
    try {
      UUID id = UUID.fromString(identifier);
      if (id.toString().equals(identifier)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // any other text
    }
    return named("event\n" + identifier);
  }

  private static UUID named(String name) {
    ByteBuffer input =
        ByteBuffer.allocate(16 + name.getBytes(StandardCharsets.UTF_8).length)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .put(name.getBytes(StandardCharsets.UTF_8));
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-1").digest(input.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    long high = bytes.getLong() & 0xffffffffffff0fffL | 0x5000L;
    long low = bytes.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
