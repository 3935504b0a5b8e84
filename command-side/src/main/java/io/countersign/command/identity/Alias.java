package io.countersign.command.identity;

import java.nio.ByteBuffer;

/**
 * One thing a source calls somebody.
 *
 * @param kind which
 * @param scope organization where it means nothing elsewhere, else empty
 * @param hash HMAC of it
 */
record Alias(Kind kind, String scope, ByteBuffer hash) {

  /** Strongest first. */
  enum Kind {
    /** The source's key of the account. */
    DESCRIPTOR("descriptor"),
    /** Id of the identity in an organization. */
    ID("id"),
    /** Sign-in name or mail address: given to another person, it means another person. */
    UNIQUE_NAME("unique-name"),
    /** A name shown, where nothing else is told. Weak: namesakes of an organization become one. */
    DISPLAY("display");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  byte[] bytes() {
    return hash.array();
  }
}
