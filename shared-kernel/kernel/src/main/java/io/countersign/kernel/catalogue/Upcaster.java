package io.countersign.kernel.catalogue;

import java.util.Map;

/**
 * Turns the payload of one revision of an event into that of the next, each time it is read. Pure:
 * no clock, no randomness, no I/O. What is stored stays as it is, and so do its hashes.
 */
@FunctionalInterface
public interface Upcaster {

  /**
   * The payload as the next revision would have been stored.
   *
   * @param payload members by name, in the order they were stored: texts, numbers, truth values,
   *     lists and maps like this one. It may be changed and given back. Sealed text is a map too;
   *     it may be moved as a whole and stays readable, but cannot be opened here
   */
  Map<String, Object> upcast(Map<String, Object> payload);
}
