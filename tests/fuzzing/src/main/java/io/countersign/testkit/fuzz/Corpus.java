package io.countersign.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What mutants are made from.
 *
 * @param seeds in an order that does not depend on the machine
 */
public record Corpus(List<Seed> seeds) {

  /** Copies the seeds. */
  public Corpus {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("a corpus without seeds");
    }
  }

  /** One delivery to start from. */
  public record Seed(String name, byte[] body) {}

  /** All files below these folders, those that do not exist left out. */
  public static Corpus of(Path... folders) throws IOException {
    List<Seed> seeds = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file :
              files
                  .filter(Files::isRegularFile)
                  .filter(f -> !f.toString().endsWith(".md"))
                  .sorted(Comparator.comparing(f -> folder.relativize(f).toString()))
                  .toList()) {
            seeds.add(new Seed(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
          }
        }
      }
    }
    return new Corpus(seeds);
  }
}
