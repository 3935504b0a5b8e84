package io.countersign.app.database;

import io.countersign.eventlog.database.DatabaseAddress;

/** The database this node works with. Closing it stops it when it is ours to stop. */
public interface RunningDatabase extends AutoCloseable {

  /** Where it is and who we are there. */
  DatabaseAddress address();

  /** Where the data lies, for people. */
  String place();

  @Override
  void close();

  /**
   * A database somebody else runs.
   *
   * @param address as configured
   */
  record External(DatabaseAddress address) implements RunningDatabase {

    @Override
    public String place() {
      return address.url();
    }

    @Override
    public void close() {
      // not ours to stop
    }
  }
}
