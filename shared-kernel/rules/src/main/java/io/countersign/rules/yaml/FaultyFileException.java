package io.countersign.rules.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be used, with everything that is wrong with it. */
public final class FaultyFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** One or more faults, in any order. */
  public FaultyFileException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults =
        faults.stream()
            .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
            .toList();
  }

  /** In the order of the file. */
  public List<Fault> faults() {
    return faults;
  }
}
