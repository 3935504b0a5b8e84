package io.countersign.auditlog.tile;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.Decimal;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an entry is in a log, in one file (C2SP tlog-proof): its index, the path and the checkpoint
 * with all its signatures. Reading one verifies nothing.
 *
 * @param index of the entry, from 0
 * @param path hashes from the entry's sibling upwards
 * @param checkpoint verbatim
 * @param extra bytes of the application, which nothing vouches for; null for none
 */
public record ProofFile(
    long index, List<TreeHash> path, SignedNote checkpoint, byte @Nullable [] extra) {

  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAX_PATH = 63;

  /** Copies the path. */
  public ProofFile {
    path = List.copyOf(path);
  }

  /** Reads a file. */
  public static ProofFile parse(byte[] bytes) throws NoteFormatException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new NoteFormatException(Reason.NOT_UTF8, 1);
    }
    int end = text.indexOf("\n\n");
    if (end < 0) {
      throw new NoteFormatException(Reason.MISSING_LINE, text.split("\n", -1).length);
    }
    List<String> lines = List.of(text.substring(0, end).split("\n", -1));
    int at = 0;
    if (!lines.get(at).equals(HEADER)) {
      throw new NoteFormatException(Reason.BAD_HEADER, 1);
    }
    at++;
    byte[] extra = null;
    if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
      extra = base64(lines.get(at).substring(EXTRA.length()), at + 1);
      at++;
    }
    if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
      throw new NoteFormatException(Reason.MISSING_LINE, at + 1);
    }
    long index = Decimal.parse(lines.get(at).substring(INDEX.length()), at + 1);
    at++;
    var path = new ArrayList<TreeHash>();
    for (; at < lines.size(); at++) {
      if (path.size() == MAX_PATH) {
        throw new NoteFormatException(Reason.TOO_LONG, at + 1);
      }
      path.add(Checkpoint.hash(lines.get(at), at + 1));
    }
    byte[] note = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
    try {
      return new ProofFile(index, path, SignedNote.parse(note), extra);
    } catch (NoteFormatException e) {
      throw new NoteFormatException(e.reason(), e.line() + lines.size() + 1);
    }
  }

  private static byte[] base64(String text, int line) throws NoteFormatException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // the same refusal
    }
    throw new NoteFormatException(Reason.BAD_BASE64, line);
  }

  /**
   * Checks that an entry is in the log of some keys: that the checkpoint is signed by one of them,
   * and that the path leads from this entry at this index to the signed root.
   *
   * @param entry entry bytes
   * @param keys which sign the log's checkpoints
   * @return what the checkpoint says
   */
  public Checkpoint verify(byte[] entry, KeyPolicy keys)
      throws NoteRefusedException, NoteFormatException, ProofRefusedException {
    Checkpoint signed = keys.checkpoint(checkpoint);
    new InclusionProof(index, signed.size(), path)
        .verify(TreeHash.leaf(EntryHash.of(entry)), signed.root());
    return signed;
  }

  /** The file, as it is stored with the extension {@code .tlog-proof}. */
  public byte[] bytes() {
    var file = new StringBuilder(HEADER).append('\n');
    if (extra != null) {
      file.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
    }
    file.append(INDEX).append(index).append('\n');
    path.forEach(hash -> file.append(hash.base64()).append('\n'));
    file.append('\n').append(checkpoint);
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }
}
