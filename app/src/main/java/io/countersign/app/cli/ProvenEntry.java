package io.countersign.app.cli;

import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.tile.ProofFile;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is shown to be in the log.
 *
 * @param index of it
 * @param entry its bytes
 * @param checkpoint under which it is
 * @param file the proof
 */
record ProvenEntry(long index, byte[] entry, Checkpoint checkpoint, ProofFile file) {

  /** A proof is refused; the message says why. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Checks a proof file.
   *
   * @param entry the entry it should prove; null to take the one in the file
   */
  static ProvenEntry of(byte[] file, byte @Nullable [] entry, KeyPolicy log) throws Refused {
    try {
      ProofFile proof = ProofFile.parse(file);
      byte[] proven = entry == null ? proof.extra() : entry;
      if (proven == null) {
        throw new Refused("the file holds no entry: give its bytes with --entry");
      }
      Checkpoint checkpoint = proof.verify(proven, log);
      return new ProvenEntry(proof.index(), proven, checkpoint, proof);
    } catch (NoteFormatException | NoteRefusedException | ProofRefusedException e) {
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  /** Checks a proof file that has to be of the entry at an index. */
  static ProvenEntry at(long index, byte[] file, KeyPolicy log) throws Refused {
    ProvenEntry proven = of(file, null, log);
    if (proven.index() != index) {
      throw new Refused("the server proves entry %d instead".formatted(proven.index()));
    }
    return proven;
  }

  /** Asks a server for the proof of an entry, and checks it. */
  static ProvenEntry fetch(ApiClient api, long index, int wait, KeyPolicy log) throws Refused {
    return at(index, api.bytes(path(index, wait)), log);
  }

  /** Where a server has the proof of an entry. */
  static String path(long index, int wait) {
    return "/api/v1/log/proofs/%d.tlog-proof?wait=%d".formatted(index, wait);
  }
}
