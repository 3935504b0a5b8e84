package io.countersign.sandbox.traffic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delivery the server has, with the notification behind it and the entries it led to. */
final class Delivered {

  private final String id;
  private final Noted noted;
  private final List<String> entries = new ArrayList<>();
  private long position;
  private String status = "";
  private @Nullable String code;

  Delivered(String id, Noted noted) {
    this.id = id;
    this.noted = noted;
  }

  void listed(long position, String status, @Nullable String code) {
    this.position = position;
    this.status = status;
    this.code = code;
  }

  String id() {
    return id;
  }

  Noted noted() {
    return noted;
  }

  /** Arrival order; 0 until the inbox lists it. */
  long position() {
    return position;
  }

  String status() {
    return status;
  }

  @Nullable String code() {
    return code;
  }

  /** Names of the entries it led to, judgements and registered projects left out. */
  List<String> entries() {
    return entries;
  }
}
