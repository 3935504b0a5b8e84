package io.countersign.audit.witness;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.outbound.BoundedHttp.Answer;
import io.countersign.audit.witness.WitnessAnswerException.Reason;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.Decimal;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.witness.AddCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Asks one witness to cosign. What it cosigned last is learned from itself, so nothing about it is
 * kept over a restart. A cosignature counts only after it was verified. Not safe for several
 * threads.
 */
public final class WitnessClient {

  static final String SIZE_TYPE = "text/x.tlog.size";

  /** Another one may ask on behalf of the same log at the same time. */
  private static final int TRIES = 3;

  private final VerifierKey key;
  private final URI address;
  private final BoundedHttp http;
  private long cosigned;

  /**
   * A client of one witness.
   *
   * @param key of its cosignatures
   * @param prefix its submission prefix
   */
  public WitnessClient(VerifierKey key, URI prefix, BoundedHttp http) {
    this.key = key;
    this.address = URI.create(prefix.toString().replaceAll("/+$", "") + "/add-checkpoint");
    this.http = http;
  }

  /** How a log grew. */
  @FunctionalInterface
  public interface Growth {

    /**
     * Hashes of the consistency proof between two sizes.
     *
     * @param from 1 or more, less than {@code to}
     */
    List<TreeHash> path(long from, long to) throws IOException;
  }

  /**
   * Has a checkpoint cosigned.
   *
   * @return the cosignature, verified
   */
  public NoteSignature cosign(Checkpoint checkpoint, SignedNote note, Growth growth)
      throws IOException, InterruptedException, WitnessAnswerException {
    for (int tries = 1; ; tries++) {
      if (cosigned > checkpoint.size()) {
        throw larger();
      }
      boolean grew = cosigned > 0 && cosigned < checkpoint.size();
      var request =
          new AddCheckpoint(
              cosigned, grew ? growth.path(cosigned, checkpoint.size()) : List.of(), note);
      Answer answer = http.post(address, "text/plain", request.bytes());
      if (answer.status() != 409) {
        NoteSignature signature = cosignature(answer, note.text());
        cosigned = checkpoint.size();
        return signature;
      }
      long size = size(answer);
      if (size == cosigned || tries == TRIES) {
        throw new WitnessAnswerException(
            size == checkpoint.size() ? Reason.OTHER_ROOT : Reason.BAD_ANSWER, "size " + size);
      }
      cosigned = size;
    }
  }

  private WitnessAnswerException larger() {
    long size = cosigned;
    cosigned = 0; // asked anew the next time: it may have been a witness that was set right
    return new WitnessAnswerException(Reason.LARGER_LOG, size + " entries");
  }

  private NoteSignature cosignature(Answer answer, String text) throws WitnessAnswerException {
    switch (answer.status()) {
      case 200 -> {
        return verified(answer.body(), text);
      }
      case 403 -> throw new WitnessAnswerException(Reason.NOT_ACCEPTED, "");
      case 404 -> throw new WitnessAnswerException(Reason.UNKNOWN_LOG, "");
      case 422 -> throw new WitnessAnswerException(Reason.NOT_CONSISTENT, "");
      default -> throw new WitnessAnswerException(Reason.BAD_ANSWER, "status " + answer.status());
    }
  }

  private NoteSignature verified(byte[] lines, String text) throws WitnessAnswerException {
    try {
      String note = text + "\n" + new String(lines, StandardCharsets.UTF_8);
      for (NoteSignature signature :
          SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)).signatures()) {
        if (key.isNamedBy(signature)) {
          new NoteVerifier(List.of(key)).verify(new SignedNote(text, List.of(signature)));
          return signature;
        }
      }
    } catch (NoteFormatException | NoteRefusedException e) {
      throw new WitnessAnswerException(Reason.BAD_COSIGNATURE, String.valueOf(e.getMessage()));
    }
    throw new WitnessAnswerException(Reason.BAD_COSIGNATURE, "none of its key");
  }

  private static long size(Answer answer) throws WitnessAnswerException {
    String text = new String(answer.body(), StandardCharsets.US_ASCII);
    try {
      if (answer.contentType().equals(SIZE_TYPE) && text.endsWith("\n")) {
        return Decimal.parse(text.substring(0, text.length() - 1), 1);
      }
    } catch (NoteFormatException _) {
      // the same refusal
    }
    throw new WitnessAnswerException(Reason.BAD_ANSWER, "a conflict without a size");
  }
}
