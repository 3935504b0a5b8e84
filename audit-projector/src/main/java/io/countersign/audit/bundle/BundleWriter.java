package io.countersign.audit.bundle;

import io.countersign.audit.bundle.BundleRefusedException.Reason;
import io.countersign.audit.headmap.HeadMapDamagedException;
import io.countersign.audit.headmap.HeadMapEvidence;
import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Filter;
import io.countersign.eventlog.read.StoredEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes bundles of evidence: for each entry its bytes, payload and metadata as stored, ciphertext
 * included, and its proof; then what shows that the log only grew, that these are all entries of an
 * aggregate, and which were erased. The same state of the log gives the same bytes.
 */
public final class BundleWriter {

  /** Most entries of a bundle. */
  static final int MAX_ENTRIES = 10_000;

  private static final int PAGE = 500;

  private final LogReader reader;
  private final PublishedLog published;
  private final HeadMapEvidence headMaps;
  private final ErasureStatement.Source erasures;

  BundleWriter(
      LogReader reader,
      PublishedLog published,
      HeadMapEvidence headMaps,
      ErasureStatement.Source erasures) {
    this.reader = reader;
    this.published = published;
    this.headMaps = headMaps;
    this.erasures = erasures;
  }

  /** Writes a bundle; what was written before an exception is none. */
  public void write(BundleRequest request, OutputStream out)
      throws IOException, BundleRefusedException {
    SealedTree sealed =
        SealedTree.newest(published)
            .filter(tree -> tree.size() > request.from())
            .orElseThrow(() -> new BundleRefusedException(Reason.NOTHING_SEALED, ""));
    try (var zip = new BundleZip(out)) {
      zip.put(BundleNames.CHECKPOINT, sealed.note().bytes());
      putOlder(zip, sealed, request.older());
      var statement = new ErasureStatement(erasures);
      var indexes = putEntries(zip, sealed, request, statement);
      for (long by : new TreeSet<>(statement.erasingEntries())) {
        if (by < sealed.size() && !indexes.contains(by)) {
          putEntry(zip, sealed, BundleNames.ERASURE_ENTRIES, stored(by));
        }
      }
      zip.put(BundleNames.ERASURES, statement.json());
      long complete = putHeadMap(zip, sealed, request);
      new PublishedExtras(published.folder()).putInto(zip, sealed);
      zip.put(
          BundleNames.README,
          BundleReadme.text(sealed.checkpoint(), request, indexes, complete)
              .getBytes(StandardCharsets.UTF_8));
      zip.put(
          BundleNames.MANIFEST,
          BundleManifest.json(sealed.checkpoint(), request, indexes, zip.stored()));
    }
  }

  private TreeSet<Long> putEntries(
      BundleZip zip, SealedTree sealed, BundleRequest request, ErasureStatement statement)
      throws IOException, BundleRefusedException {
    var filter = new Filter(Optional.ofNullable(request.aggregate()), Optional.empty());
    long to = Math.min(request.to(), sealed.size());
    var indexes = new TreeSet<Long>();
    long from = request.from();
    List<StoredEntry> page;
    do {
      page = reader.page(from, PAGE, filter);
      for (StoredEntry entry : page) {
        if (entry.index() >= to) {
          return indexes;
        }
        if (indexes.size() == MAX_ENTRIES) {
          throw new BundleRefusedException(Reason.TOO_LARGE, "");
        }
        putEntry(zip, sealed, BundleNames.ENTRIES, entry);
        statement.look(entry);
        indexes.add(entry.index());
        from = entry.index() + 1;
      }
    } while (page.size() == PAGE);
    return indexes;
  }

  private static void putEntry(BundleZip zip, SealedTree sealed, String folder, StoredEntry stored)
      throws IOException, BundleRefusedException {
    long index = stored.index();
    if (!Arrays.equals(sealed.entry(index), stored.entry())) {
      throw new BundleRefusedException(
          Reason.DAMAGED, "the database holds another entry %d than was sealed".formatted(index));
    }
    zip.put(BundleNames.of(folder, index, BundleNames.ENTRY), stored.entry());
    zip.put(BundleNames.of(folder, index, BundleNames.PAYLOAD), stored.payload());
    zip.put(BundleNames.of(folder, index, BundleNames.METADATA), stored.metadata());
    zip.put(BundleNames.of(folder, index, BundleNames.PROOF), sealed.file(index).bytes());
  }

  private StoredEntry stored(long index) throws BundleRefusedException {
    return reader
        .entry(index)
        .orElseThrow(
            () -> new BundleRefusedException(Reason.DAMAGED, "entry %d is gone".formatted(index)));
  }

  private static void putOlder(BundleZip zip, SealedTree sealed, @Nullable SignedNote older)
      throws IOException, BundleRefusedException {
    if (older == null) {
      return;
    }
    try {
      Checkpoint then = Checkpoint.parse(older.text());
      if (then.size() < 1
          || then.size() > sealed.size()
          || !then.origin().equals(sealed.checkpoint().origin())) {
        throw new BundleRefusedException(Reason.BAD_OLDER_CHECKPOINT, "");
      }
      ConsistencyProof proof = sealed.consistency(then.size(), sealed.size());
      proof.verify(then.root(), sealed.checkpoint().root());
      zip.put(BundleNames.OLDER_CHECKPOINT, older.bytes());
      zip.put(BundleNames.CONSISTENCY, ConsistencyText.of(proof));
    } catch (NoteFormatException | ProofRefusedException e) {
      throw new BundleRefusedException(Reason.BAD_OLDER_CHECKPOINT, String.valueOf(e.getMessage()));
    }
  }

  /** The size of the map, or -1 where none shows that these are all. */
  private long putHeadMap(BundleZip zip, SealedTree sealed, BundleRequest request)
      throws IOException, BundleRefusedException {
    if (request.aggregate() == null) {
      return -1;
    }
    try {
      var evidence = headMaps.of(request.aggregate(), sealed.size()).orElse(null);
      if (evidence == null) {
        return -1;
      }
      putEntry(zip, sealed, BundleNames.HEAD_MAP, stored(evidence.recorded().index()));
      zip.put(
          BundleNames.HEAD_MAP_PROOF, evidence.proof().toString().getBytes(StandardCharsets.UTF_8));
      return evidence.recorded().said().size();
    } catch (HeadMapDamagedException e) {
      throw new BundleRefusedException(Reason.DAMAGED, String.valueOf(e.getMessage()));
    }
  }
}
