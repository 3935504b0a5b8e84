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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedLogVerifierTest {

  private static final int SIZE = 700;

  private final Map<String, byte[]> files = new HashMap<>();
  private Checkpoint checkpoint = new Checkpoint("example.com/log", 0, TreeHash.EMPTY);

  @BeforeEach
  void publish() {
    publish(SampleLog.ofSize(SIZE).stream().map(LogRow::entry).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 512, 700})
  void aSoundLogHasNoFindings(int size) {
    files.clear();
    publish(SampleLog.ofSize(size).stream().map(LogRow::entry).toList());
    assertThat(findings()).isEmpty();
  }

  @Test
  void aChangedEntryIsFoundAtItsIndex() {
    bundle(1, entries -> entries.get(44)[60] ^= 1); // within its previous hash
    assertThat(findings())
        .extracting(Finding::code, Finding::index)
        .contains(at("HASH_MISMATCH", 300))
        .doesNotContain(at("ROOT_MISMATCH", SIZE - 1))
        .allMatch(
            finding ->
                finding.toList().get(1).equals(300L) || finding.toList().get(1).equals(301L));
  }

  @Test
  void aChangedLeafIsNotHeldAgainstTheEntry() {
    files.get("tile/0/001")[44 * 32] ^= 1;
    assertThat(findings())
        .extracting(Finding::code, Finding::index)
        .containsExactlyInAnyOrder(at("TILE_MISMATCH", 256), at("LEAF_MISMATCH", 300));
  }

  @Test
  void entryAndLeafChangedTogetherLeadToAnotherRoot() {
    bundle(1, entries -> entries.get(44)[120] ^= 1);
    List<byte[]> entries = entries(1);
    System.arraycopy(
        EntryHash.of(entries.get(44)).bytes(), 0, files.get("tile/0/001"), 44 * 32, 32);
    assertThat(findings())
        .extracting(Finding::code, Finding::index)
        .contains(at("ROOT_MISMATCH", SIZE - 1), at("PREVIOUS_HASH_MISMATCH", 301));
  }

  @Test
  void swappedEntriesAreFound() {
    bundle(
        0,
        entries -> {
          byte[] one = entries.get(10);
          entries.set(10, entries.get(11));
          entries.set(11, one);
        });
    assertThat(findings())
        .extracting(Finding::code, Finding::index)
        .contains(at("DISPLACED", 10), at("DISPLACED", 11))
        .allMatch(finding -> List.of(10L, 11L).contains(finding.toList().get(1)));
  }

  @Test
  void aTileThatDoesNotFollowIsFoundAtItsHash() {
    files.get("tile/1/000.p/2")[32] ^= 1;
    assertThat(findings())
        .singleElement()
        .isEqualTo(new Finding.TileMismatch(256, "tile/1/000.p/2", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/entries/001", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"})
  void eachLostFileIsNamed(String file) {
    files.remove(file);
    assertThat(findings())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Finding.FileUnreadable.class,
                        lost -> assertThat(lost.file()).isEqualTo(file)))
        .noneMatch(finding -> finding.code().equals("ROOT_MISMATCH"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/entries/002.p/188", "tile/0/002.p/188"})
  void aTruncatedFileIsNamed(String file) {
    files.compute(file, (_, bytes) -> Arrays.copyOf(bytes, bytes.length - 3));
    assertThat(findings())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Finding.FileUnreadable.class,
                        damaged -> assertThat(damaged.problem()).startsWith(file)));
  }

  @Test
  void anotherRootAndAnotherSizeAreFound() {
    Checkpoint right = checkpoint;
    checkpoint = new Checkpoint(right.origin(), right.size(), TreeHash.EMPTY);
    assertThat(findings()).containsExactly(new Finding.RootMismatch(SIZE - 1));
    checkpoint = new Checkpoint(right.origin(), right.size() - 1, right.root());
    assertThat(findings()).anyMatch(finding -> finding.code().equals("FILE_UNREADABLE"));
  }

  @Test
  void aLogThatWasRewrittenAndHashedAgainLeadsToAnotherRoot() {
    TreeHash signed = checkpoint.root();
    files.clear();
    List<byte[]> forged = SampleLog.ofSize(SIZE - 1).stream().map(LogRow::entry).toList();
    var all = new ArrayList<>(forged);
    all.add(forged.getLast());
    publish(all);
    checkpoint = new Checkpoint("example.com/log", SIZE, signed);
    assertThat(findings())
        .extracting(Finding::code)
        .contains("ROOT_MISMATCH", "COLUMN_MISMATCH", "PREVIOUS_HASH_MISMATCH");
  }

  private interface Change {
    void on(List<byte[]> entries);
  }

  private void bundle(int index, Change change) {
    List<byte[]> entries = entries(index);
    change.on(entries);
    files.put("tile/entries/%03d".formatted(index), EntryBundle.encode(entries));
  }

  private List<byte[]> entries(int index) {
    try {
      return new ArrayList<>(
          EntryBundle.decode(
              TilePath.entries(index, 256), files.get("tile/entries/%03d".formatted(index))));
    } catch (TileFormatException e) {
      throw new AssertionError(e);
    }
  }

  private void publish(List<byte[]> entries) {
    var tiles = new GrowingTiles();
    entries.forEach(entry -> tiles.append(TreeHash.leaf(EntryHash.of(entry))));
    tiles.takeFull().forEach(tile -> files.put(tile.path().toString(), tile.bytes()));
    tiles.partial().forEach(tile -> files.put(tile.path().toString(), tile.bytes()));
    for (int first = 0; first < entries.size(); first += 256) {
      List<byte[]> part = entries.subList(first, Math.min(first + 256, entries.size()));
      files.put(TilePath.entries(first / 256, part.size()).toString(), EntryBundle.encode(part));
    }
    checkpoint = new Checkpoint("example.com/log", entries.size(), tiles.root());
  }

  private List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    PublishedLogVerifier.verify(
        path -> {
          byte[] bytes = files.get(path.toString());
          if (bytes == null) {
            throw new FileNotFoundException(path.toString());
          }
          return bytes;
        },
        checkpoint,
        findings::add);
    return findings;
  }

  private static org.assertj.core.groups.Tuple at(String code, long index) {
    return org.assertj.core.api.Assertions.tuple(code, index);
  }
}
