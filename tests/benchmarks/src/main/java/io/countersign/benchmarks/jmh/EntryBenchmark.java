package io.countersign.benchmarks.jmh;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.EntryIndex;
import io.countersign.auditlog.EntryKind;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bytes and hash of one entry, and its link to the one before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryBenchmark {

  private static final int PAYLOAD_BYTES = 600;

  private final UUID log = UUID.randomUUID();
  private final byte[] payload = new byte[PAYLOAD_BYTES];
  private final Entry entry = entry();
  private final byte[] bytes = EntryCodec.encode(entry);
  private EntryHash previous = EntryHash.NONE;
  private long index;

  private Entry entry() {
    String delivery = UUID.randomUUID().toString();
    return new Entry(
        EntryKind.EVENT,
        log,
        new EntryIndex(1_000_000),
        EntryHash.NONE,
        new EntryIndex(999_000),
        Instant.parse("2026-11-20T10:00:00.120Z"),
        Instant.parse("2026-11-20T09:59:59Z"),
        17,
        ContentDigest.of(payload),
        ContentDigest.of(payload),
        "WorkItem",
        "workitem:fabrikam:299",
        UUID.randomUUID().toString(),
        "workitem.StateChanged",
        "1",
        "source:azure-devops",
        delivery,
        delivery);
  }

  /** Entry bytes. */
  @Benchmark
  public byte[] encode() {
    return EntryCodec.encode(entry);
  }

  /** Entry from its bytes, as a verifier reads it. */
  @Benchmark
  public Entry decode() throws EntryFormatException {
    return EntryCodec.decode(bytes);
  }

  /** Digest of a stored payload. */
  @Benchmark
  public ContentDigest digest() {
    return ContentDigest.of(payload);
  }

  /** One link of the chain: place and hash. */
  @Benchmark
  public EntryHash link() {
    EntryCodec.place(bytes, log, index++, previous, index - 7, 1_700_000_000_000_000L + index);
    previous = EntryHash.of(bytes);
    return previous;
  }
}
