package io.countersign.audit.headmap;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Sealer;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.headmap.Head;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.eventlog.read.LogReader.Filter;
import io.countersign.eventlog.read.StoredEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real log, sealed by hand, and all that head maps need. */
final class SealedLog implements AutoCloseable {

  static final String ORIGIN = "example.com/log";
  static final Duration INTERVAL = Duration.ofHours(1);

  final WrittenLog written = new WrittenLog();
  final AuditEntries entries = written.entries();
  final StoredHeads stored = new StoredHeads(written.dataSource());
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  PublishedLog published;
  private final NoteSigner signer = signer();
  private final Map<Integer, Long> sequences = new HashMap<>();

  SealedLog(Path folder) {
    this.published = new PublishedLog(folder);
  }

  /** One event for each of these work items, in this order. */
  SealedLog append(int... workItems) {
    for (int workItem : workItems) {
      written.append(workItem, sequences.merge(workItem, 0L, (before, _) -> before + 1));
    }
    return this;
  }

  /** As from an older backup, with another folder to publish in. */
  void restart(long size, Path folder) {
    written.tamper("delete from eventlog.entry where index >= " + size);
    published = new PublishedLog(folder);
  }

  SealedTree seal() throws Exception {
    Sealer.resume(written.reader(), published, signer).seal();
    return SealedTree.newest(published).orElseThrow();
  }

  VerifierKey key() {
    return signer.verifierKey();
  }

  /** As after a start. */
  HeadMapRecorder recorder() {
    return new HeadMapRecorder(stored, new HeadMaps(stored), entries);
  }

  /** A schedule that looks so long after now. */
  HeadMapSchedule schedule(Duration later) {
    Instant at = Instant.now().plus(later);
    return new HeadMapSchedule(
        recorder(), stored, published, INTERVAL, Clock.fixed(at, ZoneOffset.UTC), meters);
  }

  long size() {
    return written.reader().head().map(head -> head.lastIndex() + 1).orElse(0L);
  }

  List<byte[]> entriesOf(String aggregateId) {
    return all().stream()
        .filter(entry -> decoded(entry).aggregateId().equals(aggregateId))
        .map(StoredEntry::entry)
        .toList();
  }

  /** The map over the first so many entries, straight from their bytes. */
  HeadMap mapAt(long size) {
    Map<String, Head> heads = new HashMap<>();
    for (StoredEntry stored : all()) {
      if (stored.index() < size) {
        Entry entry = decoded(stored);
        heads.put(
            entry.aggregateId(), Head.of(entry.aggregateId(), entry.sequence(), stored.index()));
      }
    }
    return HeadMap.of(size, heads.values());
  }

  private List<StoredEntry> all() {
    return written.reader().page(0, 10_000, Filter.ALL);
  }

  private static Entry decoded(StoredEntry stored) {
    try {
      return EntryCodec.decode(stored.entry());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static NoteSigner signer() {
    try {
      return new NoteSigner(
          ORIGIN,
          SignatureType.ED25519,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    written.close();
  }
}
