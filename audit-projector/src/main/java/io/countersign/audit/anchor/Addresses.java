package io.countersign.audit.anchor;

import java.net.URI;

/** Addresses of others, as settings and policies give them. */
final class Addresses {

  private Addresses() {}

  /**
   * An address to ask over HTTP.
   *
   * @throws IllegalArgumentException when it is none; does not repeat it, for it may hold a secret
   */
  static URI http(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException _) {
      throw refused();
    }
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.matches("(?i)https?")
        || address.getHost() == null
        || address.getRawUserInfo() != null) {
      throw refused();
    }
    return address;
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "an address is http://host/path or https://host/path, without a name or password in it");
  }
}
