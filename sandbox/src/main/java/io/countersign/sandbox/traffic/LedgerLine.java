package io.countersign.sandbox.traffic;

import tools.jackson.core.io.JsonStringEncoder;

/** Builds one line of a ledger: an object of texts, whole numbers and flags. */
final class LedgerLine {

  private final StringBuilder json = new StringBuilder(512);

  LedgerLine text(String name, String value) {
    name(name).append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
    return this;
  }

  LedgerLine number(String name, long value) {
    name(name).append(value);
    return this;
  }

  LedgerLine flag(String name, boolean value) {
    name(name).append(value);
    return this;
  }

  /** The line with its end; only the end when nothing was said. */
  String end() {
    return json.isEmpty() ? "\n" : json.append("}\n").toString();
  }

  private StringBuilder name(String name) {
    return json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
  }
}
