package io.countersign.auditlog.tile;

import java.io.IOException;

/** Where the files of a log are read: a folder, an address, a bundle. */
@FunctionalInterface
public interface TileSource {

  /**
   * One tile or entry bundle, as stored. Nothing of it is checked yet.
   *
   * @throws IOException when it cannot be read or is not there
   */
  byte[] read(TilePath path) throws IOException;
}
