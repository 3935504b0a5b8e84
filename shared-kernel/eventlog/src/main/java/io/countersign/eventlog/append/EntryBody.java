package io.countersign.eventlog.append;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The part of the entry bytes that does not depend on the position in the log: offset 74 to the
 * end. The append function puts the 74 bytes before it, under the lock.
 *
 * <p>Big endian: i64 occurredAt in microseconds, u64 sequence, SHA-256 of payload, SHA-256 of
 * metadata, then eight strings, each u16 length and UTF-8: aggregate type, aggregate reference,
 * event id, logical name, revision, actor, correlation id, causation id.
 */
final class EntryBody {

  /** Most bytes of one string. */
  static final int MAX_STRING = 1024;

  private static final int FIXED = 8 + 8 + 32 + 32;

  private EntryBody() {}

  /**
   * Encodes.
   *
   * @throws EntryRefusedException when a string is longer than 1024 bytes or is no Unicode text
   */
  static byte[] encode(NewEntry entry) {
    byte[][] strings = {
      utf8("aggregate type", entry.aggregateType()),
      utf8("aggregate reference", entry.aggregateId()),
      utf8("event id", entry.eventId().toString()),
      utf8("logical name", entry.name()),
      utf8("revision", entry.revision()),
      utf8("actor", entry.actor()),
      utf8("correlation id", entry.correlationId()),
      utf8("causation id", entry.causationId())
    };
    int length = FIXED;
    for (byte[] string : strings) {
      length += 2 + string.length;
    }
    ByteBuffer body =
        ByteBuffer.allocate(length)
            .putLong(entry.occurredMicros())
            .putLong(entry.sequence())
            .put(sha256(entry.payload()))
            .put(sha256(entry.metadata()));
    for (byte[] string : strings) {
      body.putShort((short) string.length).put(string);
    }
    return body.array();
  }

  private static byte[] utf8(String field, String text) {
    ByteBuffer encoded;
    try {
      encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new EntryRefusedException("the " + field + " of an event is no Unicode text", e);
    }
    if (encoded.remaining() > MAX_STRING) {
      throw new EntryRefusedException(
          "the " + field + " of an event is longer than " + MAX_STRING + " bytes");
    }
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
