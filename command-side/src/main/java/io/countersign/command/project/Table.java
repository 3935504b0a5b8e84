package io.countersign.command.project;

import io.countersign.kernel.project.Process;
import java.util.Arrays;
import java.util.List;

/** Reads the tables of this package: lines of cells between bars, lists with commas. */
final class Table {

  private static final String ANY = "any";

  private Table() {}

  static List<String[]> rows(String table) {
    return table
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new))
        .toList();
  }

  static List<String> list(String cell) {
    return Arrays.stream(cell.split(",")).map(String::strip).toList();
  }

  static List<Process> processes(String cell) {
    return cell.equals(ANY) ? List.of(Process.values()) : List.of(Process.of(cell));
  }
}
