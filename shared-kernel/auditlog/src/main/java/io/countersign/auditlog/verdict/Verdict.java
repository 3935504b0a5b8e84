package io.countersign.auditlog.verdict;

/** What became of an entry. The later ones are graver: an entry has the gravest that holds. */
public enum Verdict {
  /** As it was written and sealed. */
  OK("as it was written"),
  /** As it was written; text in it cannot be read any more, as an entry of the log says. */
  ERASED("as written; text in it was erased"),
  /** The entry is as it was written; its payload was removed, as an entry of the log says. */
  PURGED("as written; its payload was removed"),
  /** In the log and no checkpoint stands over it yet: only the chain vouches for it. */
  UNSEALED("not under a checkpoint yet"),
  /** As it was written, but a key of its text is gone and no entry of the log says why. */
  KEY_UNAVAILABLE("its key is gone without an entry that says why"),
  /** It was sealed at the end of the log, and the log ends before it. */
  ROLLED_BACK("sealed, and the log ends before it"),
  /** Here stands what was written at another place. */
  REORDERED("it stands at another place"),
  /** It was there, and entries after it are. */
  MISSING("it is not there"),
  /** Something of it is not what was written. */
  TAMPERED("not what was written"),
  /** It was never sealed, and stands where another one was. */
  INSERTED("it was never sealed");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Whether somebody has to look. */
  public boolean isFinding() {
    return compareTo(KEY_UNAVAILABLE) >= 0;
  }
}
