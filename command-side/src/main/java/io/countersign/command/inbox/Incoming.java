package io.countersign.command.inbox;

import java.util.Map;

/**
 * What an authenticated sender sent.
 *
 * @param headers those worth keeping, names in lower case; never credentials
 * @param body what was kept: all of it, or a prefix when it was oversized
 * @param size bytes read
 * @param sha256 of all bytes read
 * @param oversized whether there was more than the limit: goes straight to quarantine
 */
public record Incoming(
    Map<String, String> headers, byte[] body, long size, byte[] sha256, boolean oversized) {

  /** Copies the headers. */
  public Incoming {
    headers = Map.copyOf(headers);
  }

  /** Without content. */
  @Override
  public String toString() {
    return "Incoming[" + size + " bytes]";
  }
}
