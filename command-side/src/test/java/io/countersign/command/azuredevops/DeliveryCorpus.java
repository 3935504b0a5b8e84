package io.countersign.command.azuredevops;

import io.countersign.testkit.fuzz.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Deliveries to make mutants from: the fixtures, what fuzzing has found before, and the payloads
 * kept beside the repository where they are.
 */
public final class DeliveryCorpus {

  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private DeliveryCorpus() {}

  /** All there are. */
  public static Corpus all() throws IOException {
    List<Path> folders =
        new ArrayList<>(List.of(RESOURCES.resolve("fixtures"), RESOURCES.resolve("regressions")));
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path payloads = folder.resolve("shared/data/azure-devops/payloads");
      if (Files.isDirectory(payloads)) {
        folders.add(payloads);
      }
    }
    return Corpus.of(folders.toArray(Path[]::new));
  }

  /** What fuzzing has found before: each of these once broke something. */
  public static List<Corpus.Seed> regressions() throws IOException {
    return Corpus.of(RESOURCES.resolve("regressions")).seeds();
  }
}
