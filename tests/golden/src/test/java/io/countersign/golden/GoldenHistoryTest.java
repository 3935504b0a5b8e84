package io.countersign.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.countersign.audit.verify.LogVerification;
import io.countersign.audit.verify.Progress;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.eventlog.database.Schema;
import io.countersign.kernel.catalogue.Events;
import io.countersign.query.QuerySchemas;
import io.countersign.query.projection.Projection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log of every version of the event catalogue, as it was stored, is what it always was: its bytes
 * verify, its aggregates evolve and its projections come to what is kept beside it. {@code
 * -Dgolden.write=true} writes anew what belongs to a version that is not released yet.
 */
class GoldenHistoryTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  static List<Integer> versions() {
    return IntStream.rangeClosed(1, Events.VERSION).boxed().toList();
  }

  @BeforeAll
  static void writeWhereAsked() {
    if (!WRITE) {
      return;
    }
    if (Events.VERSION > Events.RELEASED) {
      GoldenFolder folder = folder(Events.VERSION);
      try (var node = new GoldenNode(List.of())) {
        Script.play(node);
        folder.write("log.jsonl", StoredLine.write(StoredHistory.of(node.reader())));
      }
      folder.write("root.txt", root(folder.log()));
    }
    versions().forEach(version -> outcomes(version).forEach(folder(version)::write));
  }

  @Test
  void everyEventOfTheCatalogueIsInTheHistoryOfItsVersion() {
    List<String> held =
        folder(Events.VERSION).log().stream()
            .map(line -> line.name() + " " + line.revision())
            .distinct()
            .toList();
    assertThat(
            Events.CATALOGUE.types().stream()
                .map(type -> type.name() + " " + type.revision())
                .filter(type -> !held.contains(type)))
        .as("play these in a script of tests/golden, then write with -Dgolden.write=true")
        .isEmpty();
  }

  @Test
  void everyKindOfAggregateAndEveryProjectionIsLookedAt() {
    GoldenFolder folder = folder(Events.VERSION);
    assertThat(
            folder.log().stream()
                .map(StoredLine::aggregateType)
                .distinct()
                .filter(type -> !folder.hasState(type)))
        .as("streams that no aggregate has: their writers publish")
        .containsExactlyInAnyOrder("auditlog", "projection", "dead-letters", "search");
    assertThat(ProjectedRows.ALL)
        .extracting(Projection::schema)
        .as("the schemas of projections")
        .containsExactlyInAnyOrderElementsOf(
            QuerySchemas.ALL.stream()
                .map(Schema::name)
                .filter(name -> name.startsWith("rm_"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void theStoredBytesStillHashToTheCommittedRoot(int version) {
    List<StoredLine> history = folder(version).log();
    assertThat(root(history)).isEqualTo(folder(version).text("root.txt"));
    try (var node = new GoldenNode(history)) {
      var report = LogVerification.run(node.reader(), Progress.SILENT);
      assertThat(report.findings()).isEmpty();
      assertThat(report.entries()).isEqualTo(history.size());
      assertThat(report.lastHash().orElseThrow().bytes()).isEqualTo(history.getLast().hashBytes());
      assertThat(StoredHistory.of(node.reader())).isEqualTo(history);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyAggregateAndEveryProjectionComesToWhatIsCommitted(int version) {
    GoldenFolder folder = folder(version);
    List<String> differences = new ArrayList<>();
    outcomes(version)
        .forEach(
            (name, text) -> {
              if (!folder.has(name)) {
                differences.add(name + " is missing: add it with -Dgolden.write=true");
              } else if (!text.equals(folder.text(name))) {
                differences.add(name + firstDifference(folder.text(name), text));
              }
            });
    assertThat(differences)
        .as("what is stored in version %d comes to something else", version)
        .isEmpty();
  }

  private static String firstDifference(String golden, String now) {
    List<String> was = golden.lines().toList();
    List<String> is = now.lines().toList();
    int line = 0;
    while (line < Math.min(was.size(), is.size()) && was.get(line).equals(is.get(line))) {
      line++;
    }
    return " differs from line %d on: was %s, is %s"
        .formatted(
            line + 1,
            line < was.size() ? was.get(line) : "absent",
            line < is.size() ? is.get(line) : "absent");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void eventsWrittenOneByOneGiveTheSameRowsAsAllAtOnce(int version) {
    try (var node = new GoldenNode(folder(version).log())) {
      assertThat(new ProjectedRows(node, 1).documents())
          .isEqualTo(new ProjectedRows(node, Integer.MAX_VALUE).documents());
    }
  }

  @Test
  void oneOtherByteIsFound() {
    List<StoredLine> history = new ArrayList<>(folder(1).log());
    StoredLine third = history.get(2);
    history.set(2, third.withPayload(third.payload() + " "));
    try (var node = new GoldenNode(history)) {
      assertThat(LogVerification.run(node.reader(), Progress.SILENT).findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.index()).isEqualTo(2));
    }
  }

  @Test
  void filesOfAReleasedVersionAreAddedToAndNeverReplaced(@TempDir Path directory) {
    var before = new GoldenFolder(directory, 1, 0);
    before.write("log.jsonl", "{}");
    before.write("log.jsonl", "{ }");
    before.write("rows/work-items-v1.txt", "a");
    var released = new GoldenFolder(directory, 1, 1);
    released.write("rows/work-items-v1.txt", "a");
    released.write("rows/work-items-v2.txt", "b");
    assertThatIllegalStateException()
        .isThrownBy(() -> released.write("rows/work-items-v1.txt", "c"))
        .withMessage(
            "v1/rows/work-items-v1.txt belongs to a released version of the catalogue and never"
                + " changes");
    assertThatIllegalStateException().isThrownBy(() -> released.write("log.jsonl", "{}"));
    assertThat(released.text("log.jsonl")).isEqualTo("{ }");
  }

  /** What a history comes to with this program, by file. */
  private static Map<String, String> outcomes(int version) {
    List<StoredLine> history = folder(version).log();
    Map<String, String> outcomes = new TreeMap<>();
    try (var node = new GoldenNode(history)) {
      put(outcomes, "states/%s.json", new EvolvedStates(node).documents(history));
      put(outcomes, "rows/%s.txt", new ProjectedRows(node, Integer.MAX_VALUE).documents());
    }
    return outcomes;
  }

  private static void put(
      Map<String, String> outcomes, String name, SortedMap<String, String> documents) {
    documents.forEach((document, text) -> outcomes.put(name.formatted(document), text));
  }

  /** Of the tree over the entries' bytes, computed here. */
  private static String root(List<StoredLine> history) {
    var tree = new Frontier();
    history.forEach(line -> tree.append(TreeHash.leaf(EntryHash.of(line.entryBytes()))));
    return tree.size() + " entries, root " + tree.root().base64() + "\n";
  }

  private static GoldenFolder folder(int version) {
    return new GoldenFolder(FOLDER, version, Events.RELEASED);
  }
}
