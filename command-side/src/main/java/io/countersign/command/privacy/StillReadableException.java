package io.countersign.command.privacy;

/** Text that was erased can still be opened, so somebody has the key. */
final class StillReadableException extends Exception {

  private static final long serialVersionUID = 1L;

  StillReadableException(long opened, long texts) {
    super(
        "%d of %d texts can still be opened. Was a key row brought back from a backup?"
            .formatted(opened, texts));
  }
}
