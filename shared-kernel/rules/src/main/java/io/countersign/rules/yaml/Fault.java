package io.countersign.rules.yaml;

/**
 * One thing wrong in a file.
 *
 * @param file as the reader named it
 * @param line counted from 1
 * @param column counted from 1
 * @param path where in the document: {@code /transitions/0/from}; empty for the document
 * @param words what is wrong, in one sentence
 */
public record Fault(String file, int line, int column, String path, String words) {

  /** The line compilers print. */
  @Override
  public String toString() {
    String place = path.isEmpty() ? "" : path + ": ";
    return "%s:%d:%d: %s%s".formatted(file, line, column, place, words);
  }
}
