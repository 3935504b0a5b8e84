package io.countersign.sandbox.traffic;

import org.jspecify.annotations.Nullable;

/** A notification as ledgers have it, and what became of it. */
final class Noted {

  private final String run;
  private final long n;
  private final Kind kind;
  private final Told told;
  private Outcome outcome = Outcome.OPEN;
  private @Nullable String delivery;
  private int status;
  private int attempts;
  private long acknowledgedMicros;
  private boolean knownBefore;

  /** What became of it. */
  enum Outcome {
    /** Nothing is known: the run was ended first. */
    OPEN,
    ACKNOWLEDGED,
    /** Every retry failed; the server may have it or not. */
    GIVEN_UP,
    /** Answered with an error that puts a subscription on probation, or disables it. */
    REFUSED
  }

  Noted(String run, long n, Kind kind, Told told) {
    this.run = run;
    this.n = n;
    this.kind = kind;
    this.told = told;
  }

  void acknowledged(String delivery, int status, int attempts, long micros, boolean knownBefore) {
    this.outcome = Outcome.ACKNOWLEDGED;
    this.delivery = delivery;
    this.status = status;
    this.attempts = attempts;
    this.acknowledgedMicros = micros;
    this.knownBefore = knownBefore;
  }

  void lost(Outcome outcome, int status, int attempts) {
    this.outcome = outcome;
    this.status = status;
    this.attempts = attempts;
  }

  /** As a reader finds it again: run and number. */
  String place() {
    return run + "#" + n;
  }

  Kind kind() {
    return kind;
  }

  Told told() {
    return told;
  }

  Outcome outcome() {
    return outcome;
  }

  /** Delivery id of the receipt; absent unless acknowledged. */
  @Nullable String delivery() {
    return delivery;
  }

  int status() {
    return status;
  }

  int attempts() {
    return attempts;
  }

  long acknowledgedMicros() {
    return acknowledgedMicros;
  }

  /**
   * Whether the receipt said that the delivery had been taken before: at some moment until then,
   * perhaps by an attempt whose answer was lost.
   */
  boolean wasKnownBefore() {
    return knownBefore;
  }
}
