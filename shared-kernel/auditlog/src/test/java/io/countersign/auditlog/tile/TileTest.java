package io.countersign.auditlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {

  private final Map<String, byte[]> files = new HashMap<>();
  private final TileSource source =
      path -> {
        byte[] bytes = files.get(path.toString());
        if (bytes == null) {
          throw new FileNotFoundException(path.toString());
        }
        return bytes;
      };

  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 273, 112, tile/0/273.p/112",
    "1, 1234067, 256, tile/1/x001/x234/067",
    "63, 999999999999999999, 1, tile/63/x999/x999/x999/x999/x999/999.p/1",
    "-1, 1000, 255, tile/entries/x001/000.p/255",
  })
  void pathsAreThoseOfTheSpecification(int level, long index, int width, String path) {
    var tile = new TilePath(level, index, width);
    assertThat(tile).hasToString(path);
    assertThat(TilePath.parse(path)).contains(tile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/-1",
        "tile/data/000",
        "/tile/0/000",
        "tile/0/../000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
      })
  void otherPathsAreNone(String path) {
    assertThat(TilePath.parse(path)).isEmpty();
  }

  /** The check value of the specification's layout: 70,000 entries. */
  @Test
  void aTreeOfSeventyThousandHasTheseTilesAndNoOthers() throws Exception {
    var tiles = new GrowingTiles();
    var plain = new Frontier();
    for (int i = 0; i < 70_000; i++) {
      tiles.append(leaf(i));
      plain.append(leaf(i));
    }
    List<GrowingTiles.Tile> full = tiles.takeFull();
    assertThat(full).filteredOn(tile -> tile.path().level() == 0).hasSize(273);
    assertThat(full).filteredOn(tile -> tile.path().level() == 1).hasSize(1);
    assertThat(full).hasSize(274).allMatch(tile -> tile.bytes().length == 8_192);
    assertThat(tiles.takeFull()).isEmpty();
    assertThat(tiles.partial())
        .extracting(tile -> tile.path().toString())
        .containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
    full.forEach(this::store);
    tiles.partial().forEach(this::store);
    var tree = new Tree(new TileNodes(source, 70_000), 70_000);
    assertThat(tree.root()).isEqualTo(plain.root()).isEqualTo(tiles.root());
    for (int index : new int[] {0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999}) {
      tree.inclusion(index).verify(leaf(index), tree.root());
    }
  }

  /** What was published at any size goes on as if it had never stopped. */
  @Test
  void aTreeGoesOnFromItsTiles() throws Exception {
    var without = new GrowingTiles();
    var with = new GrowingTiles();
    var random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      without.append(leaf(i));
      with.append(leaf(i));
      if (random.nextInt(40) == 0 || i % 256 > 253 || i % 256 < 2) {
        with.takeFull().forEach(this::store);
        with.partial().forEach(this::store);
        assertThat(with.root()).isEqualTo(without.root());
        with = GrowingTiles.resume(i + 1, source);
        assertThat(with.size()).isEqualTo(i + 1);
        assertThat(with.partial()).usingRecursiveComparison().isEqualTo(without.partial());
      }
    }
    with.takeFull().forEach(this::store);
    without
        .takeFull()
        .forEach(
            tile ->
                assertThat(source)
                    .satisfies(at -> assertThat(at.read(tile.path())).isEqualTo(tile.bytes())));
  }

  @Test
  void consistencyIsProvenFromTilesBetweenAllSizes() throws Exception {
    var roots = new HashMap<Integer, TreeHash>();
    var tiles = new GrowingTiles();
    int[] sizes = {1, 2, 255, 256, 257, 511, 512, 600};
    for (int i = 0; i < 600; i++) {
      tiles.append(leaf(i));
      roots.put(i + 1, tiles.root());
    }
    tiles.takeFull().forEach(this::store);
    tiles.partial().forEach(this::store);
    for (int from : sizes) {
      new Tree(new TileNodes(source, 600), 600)
          .consistencyFrom(from)
          .verify(roots.get(from), roots.get(600));
    }
  }

  @Test
  void aTileOfAnotherLengthIsRefusedWithItsName() {
    var tiles = new GrowingTiles();
    tiles.append(leaf(0));
    tiles.append(leaf(1));
    tiles.append(leaf(2));
    files.put("tile/0/000.p/3", new byte[95]);
    assertThatThrownBy(() -> new Tree(new TileNodes(source, 3), 3).root())
        .isInstanceOfSatisfying(
            TileFormatException.class, e -> assertThat(e.offset()).isEqualTo(95))
        .hasMessage("tile/0/000.p/3: 96 bytes expected, byte 95");
    assertThatThrownBy(() -> GrowingTiles.resume(3, source))
        .isInstanceOf(TileFormatException.class);
  }

  @Test
  void bundlesHoldTheirEntriesAndNothingElse() throws Exception {
    var path = TilePath.entries(0, 3);
    List<byte[]> entries = List.of(new byte[0], new byte[] {1, 2, 3}, new byte[65_535]);
    byte[] bundle = EntryBundle.encode(entries);
    assertThat(EntryBundle.decode(path, bundle)).usingRecursiveComparison().isEqualTo(entries);
    for (int length : new int[] {0, 1, 2, 3, 6, 8, bundle.length - 1}) {
      assertThatThrownBy(() -> EntryBundle.decode(path, Arrays.copyOf(bundle, length)))
          .isInstanceOfSatisfying(
              TileFormatException.class, e -> assertThat(e.offset()).isEqualTo(length));
    }
    assertThatThrownBy(() -> EntryBundle.decode(TilePath.entries(0, 2), bundle))
        .hasMessage("tile/entries/000.p/2: bytes after the last entry, byte 7");
    assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void widthsFollowTheSizeAtEveryLevel() {
    assertThat(TilePath.widthIn(70_000, 0, 273)).isEqualTo(112);
    assertThat(TilePath.widthIn(70_000, 0, 274)).isZero();
    assertThat(TilePath.widthIn(70_000, 1, 0)).isEqualTo(256);
    assertThat(TilePath.widthIn(70_000, 1, 1)).isEqualTo(17);
    assertThat(TilePath.widthIn(70_000, 3, 0)).isZero();
    assertThat(TilePath.widthIn(70_000, TilePath.ENTRIES, 273)).isEqualTo(112);
    assertThat(TilePath.widthIn(Long.MAX_VALUE, 7, 0)).isEqualTo(127);
    assertThat(TilePath.widthIn(Long.MAX_VALUE, 8, 0)).isZero();
    assertThat(TilePath.widthIn(10, 0, Long.MAX_VALUE / 2)).isZero();
  }

  private void store(GrowingTiles.Tile tile) {
    files.put(tile.path().toString(), tile.bytes());
  }

  private static TreeHash leaf(int i) {
    return TreeHash.leaf(EntryHash.of(ByteBuffer.allocate(Integer.BYTES).putInt(i).array()));
  }
}
