package io.countersign.audit.anchored;

import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.tile.PartialOrFull;
import io.countersign.auditlog.tile.TileNodes;
import io.countersign.auditlog.tile.TileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What anchors answered, in {@code anchors/} of a published folder: the newest of them. That the
 * log grew from there is proven from its tiles.
 */
public final class FolderAnchors implements AnchoredFiles {

  /** Of so many sizes. */
  public static final int NEWEST = 20;

  private static final long MAX_FILE_BYTES = 1_000_000;

  private final Path folder;
  private final long sealed;
  private final Tree tree;

  /**
   * In a published log.
   *
   * @param published its folder
   * @param tiles its tiles
   * @param sealed size of its newest checkpoint
   */
  public FolderAnchors(Path published, TileSource tiles, long sealed) {
    this.folder = published.resolve("anchors");
    this.sealed = sealed;
    this.tree = new Tree(new TileNodes(new PartialOrFull(tiles), sealed), sealed);
  }

  @Override
  public String place() {
    return "folder";
  }

  @Override
  public List<AnchorFile> files() throws IOException {
    return newest(folder, sealed);
  }

  /** The newest in a folder of anchors, in the order of their sizes. */
  public static List<AnchorFile> newest(Path anchors, long sealed) throws IOException {
    if (!Files.isDirectory(anchors)) {
      return List.of();
    }
    List<AnchorFile> found;
    try (Stream<Path> files = Files.list(anchors)) {
      found =
          files
              .filter(FolderAnchors::isSmall)
              .flatMap(file -> AnchorFile.of(String.valueOf(file.getFileName())).stream())
              .filter(anchor -> anchor.size() >= 1 && anchor.size() <= sealed)
              .toList();
    }
    List<Long> newest =
        found.stream()
            .map(AnchorFile::size)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .limit(NEWEST)
            .toList();
    return found.stream()
        .filter(anchor -> newest.contains(anchor.size()))
        .sorted(Comparator.comparingLong(AnchorFile::size).thenComparing(AnchorFile::name))
        .toList();
  }

  private static boolean isSmall(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path file = folder.resolve(name);
    return isSmall(file) ? Files.readAllBytes(file) : new byte[0];
  }

  @Override
  public ConsistencyProof growthFrom(long size) throws IOException {
    return tree.consistencyFrom(size);
  }
}
