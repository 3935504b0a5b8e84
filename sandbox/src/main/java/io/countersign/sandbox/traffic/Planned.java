package io.countersign.sandbox.traffic;

/**
 * A notification that is to be sent.
 *
 * @param kind how
 * @param body the bytes
 * @param told what they say
 */
record Planned(Kind kind, byte[] body, Told told) {

  Planned as(Kind other) {
    return new Planned(other, body, told);
  }
}
