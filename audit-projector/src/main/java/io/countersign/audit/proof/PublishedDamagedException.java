package io.countersign.audit.proof;

import java.io.IOException;

/** The published files do not lead to the root that was signed. */
public final class PublishedDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong and where. */
  public PublishedDamagedException(String message) {
    super(message);
  }
}
