package io.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What class files do not show: length, leftovers, and tests that nobody would run. */
class SourceFilesTest {

  private static final int LONGEST = 300;

  /** A test of one class stays in one file, and its cases are read one by one. */
  private static final int LONGEST_TEST = 350;

  private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|ArchTest)\\b",
          Pattern.MULTILINE);

  private static final Pattern RUN_BY_SUREFIRE =
      Pattern.compile("Test.*\\.java|.*(Test|Tests|TestCase)\\.java");

  private static final Pattern RUN_BY_FAILSAFE =
      Pattern.compile("IT.*\\.java|.*(IT|ITCase)\\.java");

  private static List<String> tooLong(SourceTree tree) {
    return tree.matching(path -> path.endsWith(".java")).stream()
        .filter(file -> file.text().lines().count() > longest(file))
        .map(file -> file.path() + ": " + file.text().lines().count() + " lines")
        .toList();
  }

  private static int longest(SourceTree.File file) {
    return file.path().contains("/src/test/") ? LONGEST_TEST : LONGEST;
  }

  private static List<String> leftovers(SourceTree tree) {
    return tree.files().stream()
        .filter(file -> LEFTOVER.matcher(file.text()).find())
        .map(SourceTree.File::path)
        .toList();
  }

  /** Test classes whose name neither runner's pattern matches, or only a runner that is not set. */
  private static List<String> neverRun(SourceTree tree) {
    var modulesWithFailsafe =
        tree.matching(path -> path.endsWith("pom.xml")).stream()
            .filter(pom -> pom.text().contains("maven-failsafe-plugin"))
            .map(pom -> pom.path().replace("pom.xml", ""))
            .collect(Collectors.toSet());
    return tree.matching(path -> path.contains("src/test/") && path.endsWith(".java")).stream()
        .filter(file -> TEST_METHOD.matcher(file.text()).find())
        .filter(file -> !isInherited(file))
        .filter(file -> !RUN_BY_SUREFIRE.matcher(file.name()).matches())
        .filter(
            file ->
                !RUN_BY_FAILSAFE.matcher(file.name()).matches()
                    || !modulesWithFailsafe.contains(
                        file.path().substring(0, file.path().indexOf("src/test/"))))
        .map(SourceTree.File::path)
        .toList();
  }

  /** Suites that others extend run under their heirs' names. */
  private static boolean isInherited(SourceTree.File file) {
    String type = file.name().replace(".java", "");
    return Pattern.compile("\\b(abstract class|interface) " + type + "\\b")
        .matcher(file.text())
        .find();
  }

  @Test
  void noFileIsLongerThanAnybodyReads() {
    assertThat(tooLong(SourceTree.ofTheHouse())).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(leftovers(SourceTree.ofTheHouse())).isEmpty();
  }

  @Test
  void everyTestIsRun() {
    assertThat(neverRun(SourceTree.ofTheHouse())).isEmpty();
  }

  @Test
  void theCheckoutIsSeen() {
    assertThat(SourceTree.ofTheHouse().files())
        .extracting(SourceTree.File::name)
        .contains("SourceFilesTest.java", "Provenance.java", "pom.xml", "find-jdk.sh");
  }

  @Test
  void longFilesLeftoversAndTestsThatNeverRunAreFound(@TempDir Path root) throws Exception {
    write(root, "a/src/main/java/Long.java", "//\n".repeat(LONGEST + 1));
    write(root, "a/src/test/java/LongTest.java", "//\n".repeat(LONGEST_TEST + 1));
    write(root, "a/src/test/java/FineTest.java", "//\n".repeat(LONGEST_TEST));
    write(root, "a/src/main/java/Fine.java", "//\n".repeat(LONGEST));
    write(root, "a/src/main/java/Later.java", "// TO" + "DO\n");
    write(root, "a/src/main/resources/db/V1__x.sql", "-- FIX" + "ME\n");
    write(root, "a/src/test/java/StoreArchTest25.java", "  @Test\n  void runs() {}\n");
    write(root, "a/src/test/java/StartsIT.java", "  @Test\n  void runs() {}\n");
    write(root, "a/src/test/java/StoreTest.java", "  @Test\n  void runs() {}\n");
    write(root, "a/src/test/java/Suite.java", "abstract class Suite {\n  @Test\n void x() {}\n}");
    write(root, "b/pom.xml", "<artifactId>maven-failsafe-plugin</artifactId>");
    write(root, "b/src/test/java/StartsIT.java", "  @Test\n  void runs() {}\n");
    write(root, "a/target/generated/src/main/java/Gen.java", "// TO" + "DO\n");

    SourceTree tree = SourceTree.of(root);

    assertThat(tooLong(tree))
        .containsExactly(
            "a/src/main/java/Long.java: 301 lines", "a/src/test/java/LongTest.java: 351 lines");
    assertThat(leftovers(tree))
        .containsExactly("a/src/main/java/Later.java", "a/src/main/resources/db/V1__x.sql");
    assertThat(neverRun(tree))
        .containsExactly("a/src/test/java/StartsIT.java", "a/src/test/java/StoreArchTest25.java");
  }

  private static void write(Path root, String path, String text) throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
