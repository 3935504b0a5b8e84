package io.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents lead somewhere, decisions are numbered, the README's commands are there. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  private static List<Path> documents(Path root) throws IOException {
    try (Stream<Path> top = Files.list(root);
        Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static List<String> brokenLinks(Path root) throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : documents(root)) {
      Matcher links = LINK.matcher(Files.readString(document));
      while (links.find()) {
        String target = links.group(1);
        if (!target.contains(":") && !Files.exists(document.resolveSibling(target))) {
          broken.add(root.relativize(document) + " -> " + target);
        }
      }
    }
    return broken;
  }

  private static List<String> decisions(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("docs/adr"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d{4}-.*\\.md"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyLinkLeadsToAFile() throws Exception {
    assertThat(documents(SourceTree.root())).hasSizeGreaterThan(15);
    assertThat(brokenLinks(SourceTree.root())).isEmpty();
  }

  @Test
  void brokenLinksAreFound(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("docs/here.md"), "[up](../README.md) [x](../gone.md#there)");
    Files.writeString(root.resolve("README.md"), "[d](docs/here.md) [web](https://example.org)");

    assertThat(brokenLinks(root)).containsExactly("docs/here.md -> ../gone.md");
  }

  @Test
  void decisionsAreNumberedAndListed() throws Exception {
    List<String> decisions = decisions(SourceTree.root());
    String index = Files.readString(SourceTree.root().resolve("docs/adr/README.md"));

    assertThat(decisions.stream().map(name -> Integer.parseInt(name.substring(0, 4))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, decisions.size()).boxed().toList());
    assertThat(decisions).allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
  }

  @Test
  void bothCommandsOfTheReadmeAreThereAndTheTestCommandIsTheOneThatRuns() throws Exception {
    Path root = SourceTree.root();
    String readme = Files.readString(root.resolve("README.md"));

    assertThat(readme).contains("./countersign demo").contains("./mvnw verify");
    assertThat(root.resolve("countersign")).isExecutable();
    assertThat(root.resolve("mvnw")).isExecutable();
    assertThat(root.resolve(".ci/run")).isExecutable().content().contains("./mvnw -B -ntp verify");
  }
}
