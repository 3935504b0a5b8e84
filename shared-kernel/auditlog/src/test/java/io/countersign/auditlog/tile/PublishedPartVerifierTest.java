package io.countersign.auditlog.tile;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.LogRow;
import io.countersign.auditlog.SampleLog;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedPartVerifierTest {

  private static final int SIZE = 1_100;

  private final Map<String, byte[]> files = new HashMap<>();
  private final Set<String> read = new HashSet<>();
  private Checkpoint checkpoint = new Checkpoint("example.com/log", 0, TreeHash.EMPTY);

  @BeforeEach
  void publish() {
    List<byte[]> entries = SampleLog.ofSize(SIZE).stream().map(LogRow::entry).toList();
    var tiles = new GrowingTiles();
    entries.forEach(entry -> tiles.append(TreeHash.leaf(EntryHash.of(entry))));
    tiles.takeFull().forEach(tile -> files.put(tile.path().toString(), tile.bytes()));
    tiles.partial().forEach(tile -> files.put(tile.path().toString(), tile.bytes()));
    for (int first = 0; first < SIZE; first += 256) {
      List<byte[]> part = entries.subList(first, Math.min(first + 256, SIZE));
      files.put(TilePath.entries(first / 256, part.size()).toString(), EntryBundle.encode(part));
    }
    checkpoint = new Checkpoint("example.com/log", SIZE, tiles.root());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 1100", "255, 257", "512, 768", "1024, 1100", "1099, 1100"})
  void aSoundPartHasNoFindings(long from, long to) {
    assertThat(findings(from, to)).isEmpty();
  }

  @Test
  void onlyBundlesOfThePartAndTheOneBeforeAreRead() {
    findings(512, 768);
    assertThat(read.stream().filter(name -> name.startsWith("tile/entries")))
        .containsExactlyInAnyOrder("tile/entries/001", "tile/entries/002");
  }

  @Test
  void aChangedEntryIsNamedAndOneElsewhereIsNot() {
    files.get("tile/entries/002")[100] ^= 1;
    assertThat(findings(512, 768)).containsExactly(new Finding.HashMismatch(512));
    assertThat(findings(0, 512)).isEmpty();
  }

  @Test
  void aChangedLeafIsNotHeldAgainstTheEntry() {
    files.get("tile/0/002")[7 * 32] ^= 1;
    assertThat(findings(512, 768)).containsExactly(new Finding.LeafMismatch(519, "tile/0/002"));
  }

  @Test
  void entriesAndLeavesThatLeadToAnotherRootAreFound() {
    checkpoint = new Checkpoint("example.com/log", SIZE, TreeHash.EMPTY);
    assertThat(findings(512, 768)).containsExactly(new Finding.RootMismatch(767));
  }

  @Test
  void lostFilesAreNamed() {
    files.remove("tile/0/002");
    files.remove("tile/1/000.p/4");
    assertThat(findings(512, 600))
        .extracting(Finding::code)
        .contains("FILE_UNREADABLE")
        .doesNotContain("HASH_MISMATCH");
  }

  private List<Finding> findings(long from, long to) {
    var findings = new ArrayList<Finding>();
    PublishedPartVerifier.verify(
        path -> {
          read.add(path.toString());
          byte[] bytes = files.get(path.toString());
          if (bytes == null) {
            throw new FileNotFoundException(path.toString());
          }
          return bytes;
        },
        checkpoint,
        from,
        to,
        findings::add,
        _ -> {});
    return findings;
  }
}
