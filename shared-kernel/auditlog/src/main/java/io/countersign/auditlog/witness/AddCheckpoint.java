package io.countersign.auditlog.witness;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.Decimal;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import io.countersign.auditlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a log asks of a witness: to cosign a checkpoint that grew from the one it cosigned last.
 * Reading it verifies nothing.
 *
 * @param oldSize of the checkpoint that the witness cosigned last, as far as the log knows
 * @param proof hashes of the consistency proof from there
 * @param checkpoint with the log's signature
 */
public record AddCheckpoint(long oldSize, List<TreeHash> proof, SignedNote checkpoint) {

  /** A tree has no more levels. */
  private static final int MAX_PROOF = 63;

  private static final String OLD = "old ";

  /** Copies the proof. */
  public AddCheckpoint {
    proof = List.copyOf(proof);
  }

  /** Reads the body of a request. */
  public static AddCheckpoint parse(byte[] body) throws NoteFormatException {
    String text = new String(body, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body)) {
      throw new NoteFormatException(Reason.NOT_UTF8, 1);
    }
    int end = text.indexOf("\n\n");
    if (end < 0) {
      throw new NoteFormatException(Reason.MISSING_LINE, text.split("\n", -1).length);
    }
    String[] lines = text.substring(0, end).split("\n", -1);
    if (!lines[0].startsWith(OLD)) {
      throw new NoteFormatException(Reason.BAD_HEADER, 1);
    }
    long oldSize = Decimal.parse(lines[0].substring(OLD.length()), 1);
    var proof = new ArrayList<TreeHash>();
    for (int i = 1; i < lines.length; i++) {
      if (proof.size() == MAX_PROOF) {
        throw new NoteFormatException(Reason.TOO_LONG, i + 1);
      }
      proof.add(Checkpoint.hash(lines[i], i + 1));
    }
    byte[] note = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
    try {
      return new AddCheckpoint(oldSize, proof, SignedNote.parse(note));
    } catch (NoteFormatException e) {
      throw new NoteFormatException(e.reason(), e.line() + lines.length + 1);
    }
  }

  /** The body of the request. */
  public byte[] bytes() {
    var body = new StringBuilder(OLD).append(oldSize).append('\n');
    proof.forEach(hash -> body.append(hash.base64()).append('\n'));
    body.append('\n').append(checkpoint);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
