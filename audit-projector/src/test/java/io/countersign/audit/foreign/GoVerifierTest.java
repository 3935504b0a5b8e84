package io.countersign.audit.foreign;

import static io.countersign.audit.foreign.PublishedFiles.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.audit.foreign.ForeignProgram.Run;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.TreeHash;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client of the Go checksum database (golang.org/x/mod) accepts what we publish, and refuses it
 * changed. Skipped where go or its library is absent.
 */
class GoVerifierTest {

  /** Where Debian's golang-golang-x-mod-dev puts it; nothing is fetched. */
  private static final Map<String, String> DEBIAN =
      Map.of(
          "GO111MODULE",
          "off",
          "GOPATH",
          "/usr/share/gocode",
          "GOCACHE",
          Path.of("target", "go-cache").toAbsolutePath().toString());

  @TempDir private static Path tools;
  @TempDir private Path root;
  private PublishedFiles files;

  @BeforeAll
  static void build() throws Exception {
    var go = new ForeignProgram(ForeignProgram.SOURCES.resolve("tlogverify"), DEBIAN);
    assumeTrue(
        go.run(List.of("go", "version")).code() == 0, "go is not here: apt-get install golang-go");
    assumeTrue(
        go.run(List.of("go", "list", "golang.org/x/mod/sumdb/tlog")).code() == 0,
        "golang.org/x/mod is not here: apt-get install golang-golang-x-mod-dev");
    Run built = go.run(List.of("go", "build", "-o", tools.resolve("tlogverify").toString(), "."));
    assertThat(built.said()).isEmpty();
  }

  @BeforeEach
  void publish() throws Exception {
    files = new PublishedFiles(root);
  }

  @Test
  void goVerifiesTheWholeLogAndThatItGrew() throws Exception {
    Run run = whole();
    assertThat(run.said())
        .isEqualTo(
            """
            checkpoint of example.com/log: signed, 600 entries
            entries: lead to the signed root
            tiles: follow from the entries
            inclusion: 4 proofs over the tiles hold
            growth: the consistency proof from 300 entries holds
            """);
    assertThat(run.code()).isZero();
  }

  @Test
  void goFindsAChangedEntryByItsIndex() throws Exception {
    Path bundle = files.folder().resolve("tile/entries/001");
    flip(bundle, 40);
    assertThat(whole().said()).endsWith("tlogverify: entry 256 is not what was sealed\n");
    assertThat(whole().code()).isEqualTo(1);
  }

  @Test
  void goRefusesAChangedTileOfAnyLevel() throws Exception {
    for (String tile : List.of("tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2")) {
      Path file = files.folder().resolve(tile);
      flip(file, 40);
      assertThat(whole().said())
          .endsWith("tlogverify: " + tile + " does not follow from the entries\n");
      assertThat(whole().code()).isEqualTo(1);
      flip(file, 40);
    }
  }

  @Test
  void goRefusesAnEntryThatWasChangedTogetherWithItsLeaf() throws Exception {
    Path bundle = files.folder().resolve("tile/entries/001");
    flip(bundle, 40);
    byte[] bytes = Files.readAllBytes(bundle);
    byte[] entry = Arrays.copyOfRange(bytes, 2, 2 + ByteBuffer.wrap(bytes).getShort());
    Path leaves = files.folder().resolve("tile/0/001");
    byte[] tile = Files.readAllBytes(leaves);
    System.arraycopy(TreeHash.leaf(EntryHash.of(entry)).bytes(), 0, tile, 0, Sha256.LENGTH);
    Files.write(leaves, tile);
    assertThat(whole().said()).endsWith("tlogverify: the entries do not lead to the signed root\n");
    assertThat(whole().code()).isEqualTo(1);
  }

  @Test
  void goRefusesAChangedCheckpoint() throws Exception {
    Path checkpoint = files.folder().resolve("checkpoint");
    Files.writeString(checkpoint, Files.readString(checkpoint).replace("\n600\n", "\n601\n"));
    assertThat(whole().said()).startsWith("tlogverify: checkpoint: invalid signature for key ");
    assertThat(whole().code()).isEqualTo(1);
  }

  @Test
  void goRefusesALogThatDidNotGrowFromTheCheckpointThatWasKept() throws Exception {
    files.keepACheckpointOfAnotherHistory();
    assertThat(whole().said()).contains("the log did not grow from " + files.kept());
    assertThat(whole().code()).isEqualTo(1);
  }

  @Test
  void goVerifiesAProofFileAndRefusesItForAnotherEntry() throws Exception {
    for (int index : new int[] {0, 255, 256, 599}) {
      assertThat(single(files.entry(index), files.proof(index)))
          .isEqualTo(
              new Run(
                  0,
                  "entry %d is in the log of example.com/log, under 600 entries\n"
                      .formatted(index)));
      assertThat(single(files.entry((index + 1) % PublishedFiles.SIZE), files.proof(index)).code())
          .isEqualTo(1);
    }
    Path proof = files.proof(37);
    flip(proof, 40);
    assertThat(single(files.entry(37), proof).code()).isEqualTo(1);
  }

  private Run whole() throws Exception {
    return verify("-older", files.kept().toString(), files.folder().toString());
  }

  private Run single(Path entry, Path proof) throws Exception {
    return verify("-entry", entry.toString(), "-proof", proof.toString());
  }

  private Run verify(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(tools.resolve("tlogverify").toString());
    command.addAll(List.of("-vkey", files.vkey().toString()));
    command.addAll(List.of(arguments));
    return new ForeignProgram(root, Map.of()).run(command);
  }
}
