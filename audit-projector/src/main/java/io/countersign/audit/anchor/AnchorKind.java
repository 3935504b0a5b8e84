package io.countersign.audit.anchor;

import java.util.Locale;

/** What an anchor is. */
public enum AnchorKind {
  /** An authority says when a checkpoint was there (RFC 3161). */
  RFC3161,
  /** Others say that they were shown no other history (C2SP tlog-witness). */
  WITNESS,
  /** A file elsewhere that is only ever added to. */
  FILE;

  /** As entries and answers write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
