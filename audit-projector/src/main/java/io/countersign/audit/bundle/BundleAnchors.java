package io.countersign.audit.bundle;

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
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks that what anchors answered is about this log: what was anchored is signed and the log grew
 * from it, and a time-stamp holds the digest of it. Whether an authority signed the time-stamp is
 * for its certificates and a tool like openssl.
 */
record BundleAnchors(BundleFiles files, Trust trust, Checkpoint now, Consumer<Problem> problems) {

  /** How many files of anchors fit. */
  long verify() throws IOException {
    List<AnchorFile> anchors =
        files.names().stream()
            .filter(name -> name.startsWith(BundleNames.ANCHORS))
            .flatMap(name -> AnchorFile.of(name.substring(BundleNames.ANCHORS.length())).stream())
            .toList();
    long good = 0;
    for (AnchorFile anchor : anchors) {
      good += fits(anchor) ? 1 : 0;
    }
    return good;
  }

  private boolean fits(AnchorFile anchor) throws IOException {
    byte[] bytes = files.read(BundleNames.ANCHORS + anchor.name()).orElse(new byte[0]);
    byte[] anchored = files.read(BundleNames.ANCHORS + anchor.checkpoint()).orElse(null);
    if (anchored == null) {
      return refused(anchor, "what it is over is not there");
    }
    if (anchor.isTimeStamp()) {
      return holds(bytes, Sha256.digest().digest(anchored))
          || refused(anchor, "it is over something else than the checkpoint beside it");
    }
    try {
      Checkpoint then = trust.checkpoint(SignedNote.parse(bytes));
      ConsistencyProof grown =
          ConsistencyText.parse(
              files.read(BundleNames.anchorGrowth(anchor.size())).orElse(new byte[0]));
      if (then.size() != anchor.size() || grown.from() != then.size() || grown.to() != now.size()) {
        return refused(anchor, "it is over another size than it says");
      }
      grown.verify(then.root(), now.root());
      return true;
    } catch (NoteFormatException | NoteRefusedException e) {
      return refused(anchor, String.valueOf(e.getMessage()));
    } catch (ProofRefusedException e) {
      problems.accept(
          new Problem(
              Code.FORKED,
              "the log did not grow from what was anchored, %s: %s"
                  .formatted(anchor.name(), e.getMessage())));
      return false;
    }
  }

  private boolean refused(AnchorFile anchor, String why) {
    problems.accept(
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
