package io.countersign.audit.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;

/**
 * The folders of a log that was perhaps begun anew: {@code log} under its origin, then {@code
 * log-2} under the origin with {@code /2} behind it, and so on. Each but the last stays as it was.
 * Which is the last is known from the folders, not from the database.
 */
public final class Epochs {

  /** In each epoch but the first: the decision that began it. */
  public static final String RESTART = ".restart";

  private static final int MOST = 10_000;

  private final Path first;
  private final String origin;

  /**
   * Of one log.
   *
   * @param first folder
   * @param origin under which it began
   */
  public Epochs(Path first, String origin) {
    this.first = first.toAbsolutePath().normalize();
    this.origin = origin;
  }

  /**
   * One of them.
   *
   * @param number from 1
   */
  public record Epoch(int number, String origin, Path folder) {}

  /** The one that is sealed. */
  public Epoch current() {
    int number = 1;
    for (int n = 2; n <= MOST && Files.exists(at(n).folder()); n++) {
      if (Files.exists(at(n).folder().resolve(RESTART))) {
        number = n;
      }
    }
    return at(number);
  }

  /**
   * The one after all that ever were.
   *
   * @param origins others that are known
   */
  public Epoch next(Collection<String> origins) {
    int last = Math.max(current().number(), newest(origins).number());
    while (Files.exists(at(last + 1).folder())) {
      last++;
    }
    return at(last + 1);
  }

  /** The newest of those whose origins are among these; the first one when there is none. */
  public Epoch newest(Collection<String> origins) {
    return at(Math.max(1, origins.stream().mapToInt(this::number).max().orElse(1)));
  }

  private int number(String other) {
    if (!other.startsWith(origin + "/")) {
      return 1;
    }
    String number = other.substring(origin.length() + 1);
    return number.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(number) : 1;
  }

  private Epoch at(int number) {
    return number == 1
        ? new Epoch(1, origin, first)
        : new Epoch(
            number,
            origin + "/" + number,
            Objects.requireNonNull(first.getParent()).resolve(first.getFileName() + "-" + number));
  }
}
