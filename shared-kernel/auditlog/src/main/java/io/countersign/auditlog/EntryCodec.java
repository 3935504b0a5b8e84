package io.countersign.auditlog;

import io.countersign.auditlog.EntryFormatException.Reason;
import io.countersign.auditlog.hash.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Entry bytes, version 1 (docs/audit-log-format.md). There is exactly one encoding of an entry:
 * what {@link #decode} accepts, {@link #encode} gives back byte for byte.
 */
public final class EntryCodec {

  /** The version written and read. */
  public static final int VERSION = 1;

  /** Longest entry, so that it fits a tlog-tiles entry bundle. */
  public static final int MAX_ENTRY_BYTES = 65_535;

  /** Longest string, in bytes of UTF-8. */
  public static final int MAX_STRING_BYTES = 1_024;

  /**
   * The first bytes, that depend on the place in the log: version, kind, log id, index, previous
   * hash, previous index of the aggregate, recordedAt. A writer that learns its place last puts
   * them before the rest.
   */
  public static final int PLACE_BYTES = 74;

  /** Stands for "no previous entry of this aggregate". */
  static final long NO_INDEX = -1L;

  private static final int FIXED_BYTES = 154;

  /** What a lenient decoder puts where it met no UTF-8; it can also be what was written. */
  private static final char REPLACEMENT = '\ufffd';

  private EntryCodec() {}

  /**
   * The bytes of an entry.
   *
   * @throws IllegalArgumentException when a string is too long or no Unicode text, the time does
   *     not fit, or the kind is only reserved; names the field, never the value
   */
  public static byte[] encode(Entry entry) {
    if (!entry.kind().isDefined()) {
      throw new IllegalArgumentException(
          "version 1 does not write entries of kind " + entry.kind());
    }
    List<byte[]> strings =
        List.of(
            utf8("aggregate type", entry.aggregateType()),
            utf8("aggregate id", entry.aggregateId()),
            utf8("event id", entry.eventId()),
            utf8("name", entry.name()),
            utf8("revision", entry.revision()),
            utf8("actor", entry.actor()),
            utf8("correlation id", entry.correlationId()),
            utf8("causation id", entry.causationId()));
    int length = FIXED_BYTES + strings.stream().mapToInt(string -> 2 + string.length).sum();
    EntryIndex aggregatePrevious = entry.aggregatePrevious();
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put((byte) VERSION)
        .put((byte) entry.kind().code())
        .putLong(entry.logId().getMostSignificantBits())
        .putLong(entry.logId().getLeastSignificantBits())
        .putLong(entry.index().value())
        .put(entry.previousHash().bytes())
        .putLong(aggregatePrevious == null ? NO_INDEX : aggregatePrevious.value())
        .putLong(micros("recordedAt", entry.recordedAt()))
        .putLong(micros("occurredAt", entry.occurredAt()))
        .putLong(entry.sequence())
        .put(entry.payloadDigest().bytes())
        .put(entry.metadataDigest().bytes());
    strings.forEach(string -> out.putShort((short) string.length).put(string));
    return out.array();
  }

  /**
   * Gives entry bytes a place: writes what depends on it, all of the first {@link #PLACE_BYTES}
   * after the kind, over what is there.
   *
   * @param entry made by {@link #encode}, for any place
   * @param aggregatePrevious index of the same aggregate's previous entry, negative for none
   * @param recordedAtMicros microseconds since 1970
   * @throws IllegalArgumentException when these are not the bytes of an entry of this version, or
   *     the index is negative
   */
  public static void place(
      byte[] entry,
      UUID logId,
      long index,
      EntryHash previousHash,
      long aggregatePrevious,
      long recordedAtMicros) {
    if (entry.length < FIXED_BYTES || entry[0] != VERSION || index < 0) {
      throw new IllegalArgumentException("no entry, or no place in a log");
    }
    ByteBuffer.wrap(entry)
        .position(2)
        .putLong(logId.getMostSignificantBits())
        .putLong(logId.getLeastSignificantBits())
        .putLong(index)
        .put(previousHash.bytes())
        .putLong(aggregatePrevious < 0 ? NO_INDEX : aggregatePrevious)
        .putLong(recordedAtMicros);
  }

  /**
   * Reads entry bytes, strictly.
   *
   * @throws EntryFormatException with reason and offset when these are not the bytes of an entry of
   *     a version and kind known here
   */
  public static Entry decode(byte[] bytes) throws EntryFormatException {
    if (bytes.length > MAX_ENTRY_BYTES) {
      throw new EntryFormatException(Reason.TOO_LONG, MAX_ENTRY_BYTES);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      Entry entry = read(in);
      if (in.hasRemaining()) {
        throw new EntryFormatException(Reason.TRAILING_BYTES, in.position());
      }
      return entry;
    } catch (BufferUnderflowException _) {
      throw new EntryFormatException(Reason.TRUNCATED, bytes.length);
    }
  }

  private static Entry read(ByteBuffer in) throws EntryFormatException {
    if (Byte.toUnsignedInt(in.get()) != VERSION) {
      throw new EntryFormatException(Reason.UNKNOWN_VERSION, 0);
    }
    EntryKind kind =
        EntryKind.of(Byte.toUnsignedInt(in.get()))
            .orElseThrow(() -> new EntryFormatException(Reason.UNKNOWN_KIND, 1));
    if (!kind.isDefined()) {
      throw new EntryFormatException(Reason.RESERVED_KIND, 1);
    }
    // arguments are evaluated in the order of the bytes
    return new Entry(
        kind,
        new UUID(in.getLong(), in.getLong()),
        new EntryIndex(unsigned(in)),
        EntryHash.fromBytes(bytes32(in)),
        indexOrNone(in),
        instant(in.getLong()),
        instant(in.getLong()),
        unsigned(in),
        ContentDigest.fromBytes(bytes32(in)),
        ContentDigest.fromBytes(bytes32(in)),
        string(in),
        string(in),
        string(in),
        string(in),
        string(in),
        string(in),
        string(in),
        string(in));
  }

  private static long unsigned(ByteBuffer in) throws EntryFormatException {
    int offset = in.position();
    long value = in.getLong();
    if (value < 0) {
      throw new EntryFormatException(Reason.NUMBER_OUT_OF_RANGE, offset);
    }
    return value;
  }

  private static @Nullable EntryIndex indexOrNone(ByteBuffer in) throws EntryFormatException {
    if (in.remaining() >= Long.BYTES && in.getLong(in.position()) == NO_INDEX) {
      in.getLong();
      return null;
    }
    return new EntryIndex(unsigned(in));
  }

  private static byte[] bytes32(ByteBuffer in) {
    byte[] bytes = new byte[Sha256.LENGTH];
    in.get(bytes);
    return bytes;
  }

  private static String string(ByteBuffer in) throws EntryFormatException {
    int lengthOffset = in.position();
    int length = Short.toUnsignedInt(in.getShort());
    if (length > MAX_STRING_BYTES) {
      throw new EntryFormatException(Reason.STRING_TOO_LONG, lengthOffset);
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    int offset = in.position();
    ByteBuffer bytes = in.slice(offset, length);
    in.position(offset + length);
    String quick = new String(in.array(), offset, length, StandardCharsets.UTF_8);
    if (quick.indexOf(REPLACEMENT) < 0) {
      return quick; // what is no UTF-8 always leaves one, so these bytes are
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw new EntryFormatException(Reason.BAD_UTF8, offset + bytes.position());
    }
  }

  private static byte[] utf8(String field, String text) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException(field + " is no Unicode text");
    }
    if (bytes.remaining() > MAX_STRING_BYTES) {
      throw new IllegalArgumentException(
          "%s has %d bytes, at most %d are possible"
              .formatted(field, bytes.remaining(), MAX_STRING_BYTES));
    }
    byte[] exact = new byte[bytes.remaining()];
    bytes.get(exact);
    return exact;
  }

  private static long micros(String field, Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(field + " does not fit 64 bits of microseconds", e);
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
