package io.countersign.audit.anchored;

import static java.util.Comparator.comparingLong;

import io.countersign.audit.timestamp.TimeStamp;
import io.countersign.audit.timestamp.TimeStampRefusedException;
import io.countersign.audit.verify.LogAudit.Trust;
import io.countersign.audit.verify.Problem;
import io.countersign.audit.verify.Problem.Code;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what anchors answered is about this log: what was anchored is signed and the log grew
 * from it, and a time-stamp is over it. Who signed a time-stamp is verified where somebody says
 * which authorities are trusted, without that only its digest is looked at; who cosigned, where
 * somebody gives a policy.
 */
public final class AnchorVerifier {

  private static final String OTHER_SIZE = "it is over another size than it says";

  private final Trust trust;
  private final Outsiders outsiders;
  private final Checkpoint now;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();
  private final TreeMap<AnchorFile, SignedNote> anchored =
      new TreeMap<>(comparingLong(AnchorFile::size).reversed().thenComparing(AnchorFile::name));

  private AnchorVerifier(Trust trust, Outsiders outsiders, Checkpoint now) {
    this.trust = trust;
    this.outsiders = outsiders;
    this.now = now;
  }

  /**
   * Verifies.
   *
   * @param files what anchors answered; null where nobody can list it
   * @param trust who may sign checkpoints of this log
   * @param newest its newest checkpoint, as published; that it is signed was verified
   */
  public static Vouching verify(
      @Nullable AnchoredFiles files, Trust trust, Outsiders outsiders, byte[] newest)
      throws IOException {
    try {
      SignedNote note = SignedNote.parse(newest);
      var run = new AnchorVerifier(trust, outsiders, Checkpoint.parse(note.text()));
      if (files != null) {
        run.verify(files);
      }
      if (outsiders.witnesses() != null) {
        new Cosignatures(
                outsiders.witnesses(), run.problems::add, run.facts::add, run.notChecked::add)
            .judge(note, List.copyOf(run.anchored.values()));
      }
      return new Vouching(run.problems, run.facts, run.notChecked);
    } catch (NoteFormatException e) {
      throw new IOException("the newest checkpoint is none: " + e.getMessage(), e);
    }
  }

  private void verify(AnchoredFiles where) throws IOException {
    List<AnchorFile> all = where.files();
    for (AnchorFile anchor : all) {
      if (!anchor.isTimeStamp()) {
        readAnchored(where, anchor);
      }
    }
    List<AnchorFile> stamps = all.stream().filter(AnchorFile::isTimeStamp).toList();
    long good = anchored.size();
    for (AnchorFile stamp : stamps) {
      good += isOver(where, all, stamp) ? 1 : 0;
    }
    if (good > 0) {
      facts.add("%d files of anchors are about this log".formatted(good));
    }
    if (outsiders.authorities() != null) {
      notChecked.add(
          stamps.isEmpty()
              ? "time-stamps: there are none in the " + where.place()
              : "whether a certificate of an authority was revoked: that needs a network");
    } else if (!stamps.isEmpty()) {
      notChecked.add(
          "who signed the time-stamps: --tsa-trust tells with the authorities' certificates");
    }
  }

  private void readAnchored(AnchoredFiles where, AnchorFile anchor) throws IOException {
    try {
      SignedNote note = SignedNote.parse(where.read(anchor.name()));
      Checkpoint then = trust.checkpoint(note);
      if (then.size() != anchor.size()) {
        refused(anchor, OTHER_SIZE);
        return;
      }
      ConsistencyProof grown = growthFrom(where, anchor);
      if (grown == null) {
        return;
      }
      if (grown.from() != then.size() || grown.to() != now.size()) {
        refused(anchor, OTHER_SIZE);
        return;
      }
      grown.verify(then.root(), now.root());
      anchored.put(anchor, note);
    } catch (NoteFormatException | NoteRefusedException e) {
      refused(anchor, String.valueOf(e.getMessage()));
    } catch (ProofRefusedException e) {
      problems.add(
          new Problem(
              Code.FORKED,
              "the log did not grow from what was anchored, %s: %s"
                  .formatted(anchor.name(), e.getMessage())));
    }
  }

  private @Nullable ConsistencyProof growthFrom(AnchoredFiles where, AnchorFile anchor)
      throws NoteFormatException {
    try {
      return where.growthFrom(anchor.size());
    } catch (IOException _) {
      problems.add(
          new Problem(
              Code.GROWTH_UNREADABLE,
              "whether the log grew from the anchor %s cannot be read".formatted(anchor.name())));
      return null;
    }
  }

  /** A time says something about this log only where what was stamped is of this log. */
  private boolean isOver(AnchoredFiles where, List<AnchorFile> all, AnchorFile stamp)
      throws IOException {
    if (all.stream().noneMatch(file -> file.name().equals(stamp.checkpoint()))) {
      return refused(stamp, "what it is over is not there");
    }
    byte[] response = where.read(stamp.name());
    byte[] stamped = where.read(stamp.checkpoint());
    if (outsiders.authorities() == null) {
      return holds(response, Sha256.digest().digest(stamped))
          || refused(stamp, "it is over something else than the checkpoint beside it");
    }
    try {
      TimeStamp said = outsiders.authorities().verify(response, stamped);
      if (anchored.keySet().stream().anyMatch(one -> one.name().equals(stamp.checkpoint()))) {
        facts.add(
            "time-stamped %s by %s over %d entries"
                .formatted(said.time(), said.authority(), stamp.size()));
      }
      return true;
    } catch (TimeStampRefusedException e) {
      return refused(stamp, String.valueOf(e.getMessage()));
    }
  }

  private boolean refused(AnchorFile anchor, String why) {
    problems.add(
        new Problem(Code.ANCHOR_REFUSED, "the anchor %s: %s".formatted(anchor.name(), why)));
    return false;
  }

  private static boolean holds(byte[] bytes, byte[] digest) {
    for (int at = 0; at + digest.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + digest.length, digest, 0, digest.length)) {
        return true;
      }
    }
    return false;
  }
}
