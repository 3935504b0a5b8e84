package io.countersign.audit.anchor;

/** An anchor gave no evidence. Says why, in words for people. */
final class AnchorFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  AnchorFailedException(String why) {
    super(why, null, false, false);
  }
}
