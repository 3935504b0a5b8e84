package io.countersign.audit.publish;

/** What was to be copied is not the log that the checkpoint signs. Names the file. */
public final class CopyRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  CopyRefusedException(String message) {
    super(message);
  }
}
