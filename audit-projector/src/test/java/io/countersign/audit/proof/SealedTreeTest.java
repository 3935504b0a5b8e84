package io.countersign.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.testkit.SignedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTreeTest {

  private static final int SIZE = 600;

  @TempDir private Path folder;

  @Test
  void thereIsNoneBeforeTheFirstCheckpoint() throws Exception {
    assertThat(SealedTree.newest(new PublishedLog(new SignedFolder(folder).folder()))).isEmpty();
  }

  @Test
  void everyEntryIsProvenInEveryTreeThereWas() throws Exception {
    var log = new SignedFolder(folder).grow(SIZE);
    SealedTree tree = tree(log);
    for (int size : new int[] {1, 2, 7, 255, 256, 257, 511, 513, SIZE}) {
      assertThat(tree.root(size)).isEqualTo(log.root(size));
      for (int index = 0; index < size; index += 1 + index / 3) {
        TreeHash leaf = TreeHash.leaf(EntryHash.of(log.entry(index)));
        assertThat(tree.leaf(index)).isEqualTo(leaf);
        tree.inclusion(index, size).verify(leaf, log.root(size));
        assertThat(tree.entry(index)).isEqualTo(log.entry(index));
      }
      for (int from = 1; from <= size; from += 1 + from / 2) {
        tree.consistency(from, size).verify(log.root(from), log.root(size));
      }
    }
  }

  @Test
  void aProofFileNeedsNothingButTheKey() throws Exception {
    var log = new SignedFolder(folder).grow(SIZE);
    for (int index : new int[] {0, 255, 256, SIZE - 1}) {
      ProofFile file = ProofFile.parse(tree(log).file(index).bytes());
      assertThat(file.extra()).isEqualTo(log.entry(index));
      assertThat(file.verify(log.entry(index), KeyPolicy.of(log.key())).size()).isEqualTo(SIZE);
    }
  }

  /** The tiles of the older checkpoint that were partial are gone; the full ones hold them. */
  @Test
  void aReaderOfTheCheckpointBeforeGoesOn() throws Exception {
    var log = new SignedFolder(folder).grow(300);
    SealedTree before = tree(log);
    log.grow(SIZE);
    assertThat(folder.resolve("tile/0/001.p")).doesNotExist();
    before.inclusion(299, 300).verify(before.leaf(299), log.root(300));
    assertThat(before.entry(299)).isEqualTo(log.entry(299));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"})
  void damagedTilesGiveNoProof(String tile) throws Exception {
    var log = new SignedFolder(folder).grow(SIZE);
    byte[] bytes = Files.readAllBytes(folder.resolve(tile));
    bytes[40] ^= 1;
    Files.write(folder.resolve(tile), bytes);
    int index = tile.startsWith("tile/0/002") ? 520 : 3;
    assertThatThrownBy(() -> tree(log).inclusion(index, SIZE))
        .isInstanceOf(PublishedDamagedException.class)
        .hasMessageContaining("entry " + index);
    if (tile.startsWith("tile/1")) {
      assertThatThrownBy(() -> tree(log).root(512)).isInstanceOf(PublishedDamagedException.class);
    }
  }

  @Test
  void anEntryThatIsNotTheOneSealedIsNotGiven() throws Exception {
    var log = new SignedFolder(folder).grow(3);
    Path bundle = folder.resolve("tile/entries/000.p/3");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 9] ^= 1;
    Files.write(bundle, bytes);
    assertThatThrownBy(() -> tree(log).entry(2)).hasMessageContaining("entry 2 is another");
    assertThat(tree(log).entry(1)).isEqualTo(log.entry(1));
  }

  private static SealedTree tree(SignedFolder log) throws IOException {
    return SealedTree.newest(new PublishedLog(log.folder())).orElseThrow();
  }
}
