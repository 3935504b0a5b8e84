package io.countersign.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

  @Test
  void whateverTheDecoderAcceptsHasExactlyTheseBytes() {
    byte[] good = SampleLog.ofSize(5).getLast().entry();
    var random = new Random(20261120);
    int accepted = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = mutated(good, random);
      try {
        Entry entry = EntryCodec.decode(bytes);
        assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
        accepted++;
      } catch (EntryFormatException e) {
        assertThat(e.offset()).isBetween(0, Math.max(bytes.length, EntryCodec.MAX_ENTRY_BYTES));
      }
    }
    // digests, times and ids take any value: many mutations are entries, only others
    assertThat(accepted).isBetween(10_000, 90_000);
  }

  @Test
  void randomBytesNeverDoAnythingButARefusal() {
    var random = new Random(6962);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = 1;
        bytes[1] = 1;
      }
      try {
        assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
      } catch (EntryFormatException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @Test
  void aPlaceGivenLaterMakesTheSameBytes() throws Exception {
    for (LogRow row : SampleLog.ofSize(6)) {
      Entry entry = EntryCodec.decode(row.entry());
      byte[] bytes = row.entry().clone();
      Arrays.fill(bytes, 2, EntryCodec.PLACE_BYTES, (byte) 0x5a);
      EntryCodec.place(
          bytes,
          entry.logId(),
          entry.index().value(),
          entry.previousHash(),
          entry.previousOfAggregate().map(EntryIndex::value).orElse(-1L),
          java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, entry.recordedAt()));
      assertThat(bytes).isEqualTo(row.entry());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EntryCodec.place(
                    new byte[153], java.util.UUID.randomUUID(), 0, EntryHash.NONE, -1, 0));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] good = SampleLog.ofSize(1).getFirst().entry();
    for (int length = 0; length < good.length; length++) {
      byte[] bytes = Arrays.copyOf(good, length);
      org.assertj.core.api.Assertions.assertThatExceptionOfType(EntryFormatException.class)
          .isThrownBy(() -> EntryCodec.decode(bytes))
          .matches(e -> e.reason() == EntryFormatException.Reason.TRUNCATED)
          .matches(e -> e.offset() == bytes.length);
    }
  }

  @Test
  void theEncoderRefusesWhatTheDecoderWouldNotRead() {
    Entry entry = decoded();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryCodec.encode(actor(entry, "é".repeat(513))))
        .withMessage("actor has 1026 bytes, at most 1024 are possible");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryCodec.encode(actor(entry, "half a pair: \ud83e")))
        .withMessage("actor is no Unicode text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryCodec.encode(occurred(entry, Instant.MAX)))
        .withMessageContaining("occurredAt");
  }

  @Test
  void timesAreCutToMicroseconds() throws EntryFormatException {
    Entry entry = occurred(decoded(), Instant.parse("2026-11-20T10:00:00.123456999Z"));
    assertThat(EntryCodec.decode(EntryCodec.encode(entry)).occurredAt())
        .isEqualTo(Instant.parse("2026-11-20T10:00:00.123456Z"));
    Entry before = occurred(decoded(), Instant.parse("1969-12-31T23:59:59.999999001Z"));
    assertThat(EntryCodec.decode(EntryCodec.encode(before)).occurredAt())
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int flips = 1 + random.nextInt(3);
    for (int i = 0; i < flips; i++) {
      switch (random.nextInt(4)) {
        case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8) + 1);
        case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private static Entry decoded() {
    try {
      return EntryCodec.decode(SampleLog.ofSize(1).getFirst().entry());
    } catch (EntryFormatException e) {
      throw new AssertionError(e);
    }
  }

  static Entry actor(Entry entry, String actor) {
    return new Entry(
        entry.kind(),
        entry.logId(),
        entry.index(),
        entry.previousHash(),
        entry.aggregatePrevious(),
        entry.recordedAt(),
        entry.occurredAt(),
        entry.sequence(),
        entry.payloadDigest(),
        entry.metadataDigest(),
        entry.aggregateType(),
        entry.aggregateId(),
        entry.eventId(),
        entry.name(),
        entry.revision(),
        actor,
        entry.correlationId(),
        entry.causationId());
  }

  static Entry occurred(Entry entry, Instant occurredAt) {
    return new Entry(
        entry.kind(),
        entry.logId(),
        entry.index(),
        entry.previousHash(),
        entry.aggregatePrevious(),
        entry.recordedAt(),
        occurredAt,
        entry.sequence(),
        entry.payloadDigest(),
        entry.metadataDigest(),
        entry.aggregateType(),
        entry.aggregateId(),
        entry.eventId(),
        entry.name(),
        entry.revision(),
        entry.actor(),
        entry.correlationId(),
        entry.causationId());
  }
}
