package io.countersign.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The text files of a checkout, build output left out. */
record SourceTree(List<File> files) {

  /** A file with its path from the root, slashes forward. */
  record File(String path, String text) {

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** The checkout this test belongs to. */
  static SourceTree ofTheHouse() {
    return of(root());
  }

  /** Its root folder. */
  static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    return root;
  }

  static SourceTree of(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      return new SourceTree(
          paths
              .filter(Files::isRegularFile)
              .map(path -> root.relativize(path).toString().replace('\\', '/'))
              .filter(SourceTree::isSource)
              .sorted()
              .map(path -> new File(path, read(root.resolve(path))))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<File> matching(Predicate<String> path) {
    return files.stream().filter(file -> path.test(file.path())).toList();
  }

  private static boolean isSource(String path) {
    return !("/" + path).contains("/target/")
        && !path.startsWith(".git/")
        && (path.matches(".*/src/(main|test)/.*\\.(java|sql|ya?ml|properties)")
            || path.endsWith("pom.xml")
            || path.endsWith(".sh"));
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
