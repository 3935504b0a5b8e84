package io.countersign.audit.bundle;

import io.countersign.audit.anchored.AnchorVerifier;
import io.countersign.audit.anchored.Outsiders;
import io.countersign.audit.anchored.Vouching;
import io.countersign.audit.bundle.ProvenEntries.Proven;
import io.countersign.audit.headmap.HeadMapDamagedException;
import io.countersign.audit.headmap.RecordedHeadMap;
import io.countersign.audit.verify.AuditReport;
import io.countersign.audit.verify.Collected;
import io.countersign.audit.verify.LogAudit.Trust;
import io.countersign.audit.verify.Problem;
import io.countersign.audit.verify.Problem.Code;
import io.countersign.auditlog.Finding.IndexGap;
import io.countersign.auditlog.headmap.Completeness;
import io.countersign.auditlog.headmap.HeadMapProof;
import io.countersign.auditlog.headmap.HeadMapRefusedException;
import io.countersign.auditlog.headmap.IncompleteException;
import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.verdict.Summary;
import io.countersign.auditlog.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a bundle of evidence with nothing but the bundle and a key: no network, no database.
 * Nothing in it is believed because the bundle says so.
 */
public final class BundleVerifier {

  private final BundleFiles files;
  private final Trust trust;
  private final Outsiders outsiders;
  private final Collected found = new Collected();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();
  private final TreeMap<Long, Proven> entries = new TreeMap<>();
  private int shown;

  private BundleVerifier(BundleFiles files, Trust trust, Outsiders outsiders) {
    this.files = files;
    this.trust = trust;
    this.outsiders = outsiders;
  }

  /**
   * Verifies.
   *
   * @param kept a checkpoint of this log that the reader kept; null for none
   * @param outsiders whose time-stamps and cosignatures count
   * @throws IOException when this is no bundle that can be read
   */
  public static BundleReport verify(
      Path zip, Trust trust, byte @Nullable [] kept, Outsiders outsiders) throws IOException {
    try (var files = new BundleFiles(zip)) {
      return new BundleVerifier(files, trust, outsiders).run(kept);
    }
  }

  private BundleReport run(byte @Nullable [] kept) throws IOException {
    BundleContents contents = BundleContents.read(files, this::damaged);
    byte[] newest = files.read(BundleNames.CHECKPOINT).orElse(new byte[0]);
    Checkpoint now = read(newest, Code.CHECKPOINT_REFUSED, "the checkpoint");
    if (now == null) {
      return new BundleReport(
          new AuditReport(null, problems, found, null, summary(0), 0), false, facts, notChecked);
    }
    var proven = new ProvenEntries(files, now, found);
    verifyEntries(contents, proven);
    new BundleErasures(files, proven, found, this::damaged).verify(entries);
    verifyGrowth(now, kept);
    boolean complete = verifyCompleteness(contents, proven, now);
    Vouching vouching = AnchorVerifier.verify(new BundleAnchors(files), trust, outsiders, newest);
    problems.addAll(vouching.problems());
    facts.addAll(vouching.facts());
    notChecked.addAll(vouching.notChecked());
    return new BundleReport(
        new AuditReport(now, problems, found, null, summary(now.size()), 0),
        complete,
        facts,
        notChecked);
  }

  private void verifyEntries(BundleContents contents, ProvenEntries proven) throws IOException {
    List<Long> indexes = files.indexes(BundleNames.ENTRIES);
    shown = indexes.size();
    long next = contents.from();
    for (long index : indexes) {
      if (contents.aggregate() == null && index > next) {
        found.accept(new IndexGap(next, index));
      }
      next = index + 1;
      Optional<Proven> entry = proven.read(BundleNames.ENTRIES, index);
      entry.ifPresent(one -> entries.put(index, one));
      if (entry.isPresent()
          && contents.aggregate() != null
          && !contents.aggregate().equals(entry.get().said().aggregateId())) {
        damaged("entry %d is of another aggregate than the bundle says".formatted(index));
      }
    }
    if (contents.aggregate() == null && next < contents.to()) {
      found.accept(new IndexGap(next, contents.to()));
    }
  }

  private void verifyGrowth(Checkpoint now, byte @Nullable [] kept) throws IOException {
    Optional<byte[]> older = files.read(BundleNames.OLDER_CHECKPOINT);
    Checkpoint then = null;
    if (older.isPresent()) {
      then = read(older.get(), Code.KEPT_CHECKPOINT_REFUSED, "the older checkpoint in the bundle");
      if (then != null) {
        verifyGrowth(then, now);
      }
    }
    if (kept == null) {
      notChecked.add("whether the log grew from a checkpoint you kept: give it with --since");
      return;
    }
    Checkpoint own = read(kept, Code.KEPT_CHECKPOINT_REFUSED, "the checkpoint that was kept");
    if (own == null) {
      return;
    }
    if (own.size() > now.size()) {
      problems.add(
          new Problem(
              Code.ROLLED_BACK,
              "%d entries were sealed, in the bundle there are %d"
                  .formatted(own.size(), now.size())));
    } else if (isOneOf(own, now, then)) {
      facts.add("the checkpoint you kept, of %d entries, is in the bundle".formatted(own.size()));
    } else if (own.size() == now.size() || (then != null && own.size() == then.size())) {
      problems.add(
          new Problem(Code.FORKED, "another root was signed for %d entries".formatted(own.size())));
    } else {
      notChecked.add(
          "whether the log grew from the %d entries you kept: the bundle has no proof from there"
              .formatted(own.size()));
    }
  }

  private static boolean isOneOf(Checkpoint own, Checkpoint now, @Nullable Checkpoint then) {
    return own.text().equals(now.text()) || (then != null && own.text().equals(then.text()));
  }

  private void verifyGrowth(Checkpoint then, Checkpoint now) throws IOException {
    try {
      ConsistencyProof proof =
          ConsistencyText.parse(files.read(BundleNames.CONSISTENCY).orElse(new byte[0]));
      if (proof.from() != then.size() || proof.to() != now.size()) {
        throw new NoteFormatException(NoteFormatException.Reason.BAD_NUMBER, 2);
      }
      proof.verify(then.root(), now.root());
      facts.add("the log grew from the older checkpoint, of %d entries".formatted(then.size()));
    } catch (NoteFormatException | ProofRefusedException e) {
      problems.add(
          new Problem(
              Code.FORKED,
              "the log did not grow from the older checkpoint in the bundle: " + e.getMessage()));
    }
  }

  private boolean verifyCompleteness(BundleContents contents, ProvenEntries proven, Checkpoint now)
      throws IOException {
    String aggregate = contents.aggregate();
    List<Long> maps = files.indexes(BundleNames.HEAD_MAP);
    if (aggregate == null || maps.isEmpty()) {
      facts.add("NOT PROVEN COMPLETE: there may be other entries of the same matter");
      return false;
    }
    Proven map = proven.read(BundleNames.HEAD_MAP, maps.getFirst()).orElse(null);
    if (map == null || map.payload() == null) {
      problems.add(new Problem(Code.INCOMPLETE, "the head map is not in the log"));
      return false;
    }
    try {
      RecordedHeadMap recorded = RecordedHeadMap.of(map.bytes(), map.payload());
      if (!recorded.said().origin().equals(now.origin())) {
        throw new IOException("the head map is of another log");
      }
      long size = recorded.said().size();
      List<byte[]> below = entries.headMap(size).values().stream().map(Proven::bytes).toList();
      Completeness.verify(
          aggregate,
          below,
          HeadMapProof.parse(files.read(BundleNames.HEAD_MAP_PROOF).orElse(new byte[0])),
          recorded.root());
      facts.add(
          "COMPLETE: these are all entries of %s below index %d, by the head map of entry %d"
              .formatted(aggregate, size, recorded.index()));
      return true;
    } catch (HeadMapDamagedException
        | HeadMapRefusedException
        | IncompleteException
        | NoteFormatException
        | IOException e) {
      problems.add(
          new Problem(
              Code.INCOMPLETE, "these are not proven to be all entries: " + e.getMessage()));
      return false;
    }
  }

  private @Nullable Checkpoint read(byte[] note, Code otherwise, String what) {
    try {
      return trust.checkpoint(SignedNote.parse(note));
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.add(new Problem(otherwise, what + " is refused: " + e.getMessage()));
      return null;
    }
  }

  private void damaged(String words) {
    problems.add(new Problem(Code.BUNDLE_DAMAGED, words));
  }

  /** Of the entries in the bundle alone: all others of the log are nobody's business here. */
  private Summary summary(long size) {
    Summary all = found.verdicts().summary(0, size);
    var counts = new EnumMap<>(all.counts());
    long others = 0;
    for (Verdict verdict : Verdict.values()) {
      others += verdict == Verdict.OK || verdict == Verdict.MISSING ? 0 : all.count(verdict);
    }
    counts.put(Verdict.OK, Math.max(0, shown - others));
    return new Summary(
        entries.isEmpty() ? 0 : entries.firstKey(),
        entries.isEmpty() ? 0 : entries.lastKey() + 1,
        counts,
        all.against(),
        all.erasedBy());
  }
}
