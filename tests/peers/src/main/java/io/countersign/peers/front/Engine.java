package io.countersign.peers.front;

/** What stands behind the front. */
@FunctionalInterface
public interface Engine {

  /**
   * Records and judges a change; a change whose update is known already is left alone. Returns when
   * it is committed, throws when it is not.
   */
  void record(Change change) throws Exception;
}
