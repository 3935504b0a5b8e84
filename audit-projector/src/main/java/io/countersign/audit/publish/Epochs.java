package io.countersign.audit.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folders of a log that was perhaps begun anew: {@code log} under its origin, then {@code
 * log-2} under the origin with {@code /2} behind it, and so on. Each but the last stays as it was.
 * Which is the last is known from the folders, not from the database.
 */
public final class Epochs {

  /** In each epoch but the first: the decision that began it. */
  public static final String RESTART = ".restart";

  private static final String NUMBER = "[2-9]|[1-9][0-9]{1,3}";

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

  /** The one that is sealed. Some before it may be gone. */
  public Epoch current() throws IOException {
    return at(
        folders()
            .filter(number -> Files.exists(at(number).folder().resolve(RESTART)))
            .max(Integer::compare)
            .orElse(1));
  }

  /**
   * The one after all that ever were.
   *
   * @param origins others that are known
   */
  public Epoch next(Collection<String> origins) throws IOException {
    return at(Math.max(folders().reduce(1, Math::max), newest(origins).number()) + 1);
  }

  private Stream<Integer> folders() throws IOException {
    Path parent = Objects.requireNonNull(first.getParent());
    if (!Files.isDirectory(parent)) {
      return Stream.empty();
    }
    String start = first.getFileName() + "-";
    try (Stream<Path> all = Files.list(parent)) {
      return all
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith(start))
          .map(name -> name.substring(start.length()))
          .filter(number -> number.matches(NUMBER))
          .map(Integer::valueOf)
          .toList()
          .stream();
    }
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
    return number.matches(NUMBER) ? Integer.parseInt(number) : 1;
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
