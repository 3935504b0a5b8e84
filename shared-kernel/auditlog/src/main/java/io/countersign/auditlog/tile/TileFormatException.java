package io.countersign.auditlog.tile;

import java.io.IOException;

/** A tile or bundle is not what its name says. Names the file and the first byte that is wrong. */
public final class TileFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final int offset;

  TileFormatException(TilePath path, int offset, String reason) {
    super(path + ": " + reason + ", byte " + offset);
    this.path = path.toString();
    this.offset = offset;
  }

  /** The file. */
  public String path() {
    return path;
  }

  /** The first byte that is wrong, from 0; the length of the file where bytes are missing. */
  public int offset() {
    return offset;
  }
}
