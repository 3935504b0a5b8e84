package io.countersign.audit.bundle;

import io.countersign.audit.timestamp.TimeStamp;
import io.countersign.audit.timestamp.TimeStampRefusedException;
import io.countersign.audit.timestamp.TimeStampVerifier;
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
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what anchors answered is about this log: what was anchored is signed and the log grew
 * from it, and a time-stamp is over it. Who signed a time-stamp is verified where somebody says
 * which authorities are trusted; without that only its digest is looked at.
 */
record BundleAnchors(
    BundleFiles files,
    Trust trust,
    @Nullable TimeStampVerifier authorities,
    Checkpoint now,
    Consumer<Problem> problems,
    Consumer<String> facts,
    Consumer<String> notChecked) {

  void verify() throws IOException {
    List<AnchorFile> anchors =
        files.names().stream()
            .filter(name -> name.startsWith(BundleNames.ANCHORS))
            .flatMap(name -> AnchorFile.of(name.substring(BundleNames.ANCHORS.length())).stream())
            .toList();
    var anchored = new HashSet<String>();
    for (AnchorFile anchor : anchors) {
      if (!anchor.isTimeStamp() && wasThisLog(anchor)) {
        anchored.add(anchor.name());
      }
    }
    List<AnchorFile> stamps = anchors.stream().filter(AnchorFile::isTimeStamp).toList();
    long good = anchored.size();
    for (AnchorFile stamp : stamps) {
      good += isOver(stamp, anchored.contains(stamp.checkpoint())) ? 1 : 0;
    }
    if (good > 0) {
      facts.accept("%d files of anchors are about this log".formatted(good));
    }
    if (authorities != null) {
      notChecked.accept(
          stamps.isEmpty()
              ? "time-stamps: there are none in the bundle"
              : "whether a certificate of an authority was revoked: that needs a network");
    } else if (!stamps.isEmpty()) {
      notChecked.accept(
          "who signed the time-stamps: --tsa-trust tells with the authorities' certificates");
    }
  }

  private boolean wasThisLog(AnchorFile anchor) throws IOException {
    try {
      Checkpoint then = trust.checkpoint(SignedNote.parse(bytes(anchor.name())));
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

  /** A time says something about this log only where what was stamped is of this log. */
  private boolean isOver(AnchorFile stamp, boolean ofThisLog) throws IOException {
    if (!files.names().contains(BundleNames.ANCHORS + stamp.checkpoint())) {
      return refused(stamp, "what it is over is not there");
    }
    byte[] response = bytes(stamp.name());
    byte[] stamped = bytes(stamp.checkpoint());
    if (authorities == null) {
      return holds(response, Sha256.digest().digest(stamped))
          || refused(stamp, "it is over something else than the checkpoint beside it");
    }
    try {
      TimeStamp said = authorities.verify(response, stamped);
      if (ofThisLog) {
        facts.accept(
            "time-stamped %s by %s over %d entries"
                .formatted(said.time(), said.authority(), stamp.size()));
      }
      return true;
    } catch (TimeStampRefusedException e) {
      return refused(stamp, String.valueOf(e.getMessage()));
    }
  }

  private byte[] bytes(String name) throws IOException {
    return files.read(BundleNames.ANCHORS + name).orElse(new byte[0]);
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
