package io.countersign.audit.foreign;

import static io.countersign.audit.foreign.PublishedFiles.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.audit.foreign.ForeignProgram.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * sigstore-js, the verifier npm itself uses, accepts our checkpoints and proofs, and refuses them
 * changed. Skipped where node or the package is absent.
 */
class SigstoreJsTest {

  private static final Path SCRIPT = ForeignProgram.SOURCES.resolve("sigstore-js");

  @TempDir private Path root;
  private PublishedFiles files;

  @BeforeEach
  void publish() throws Exception {
    assumeTrue(
        new ForeignProgram(root, Map.of()).run(List.of("node", "--version")).code() == 0,
        "node is not here: its part is not run");
    assumeTrue(
        Files.isDirectory(SCRIPT.resolve("node_modules")),
        "sigstore-js is not here: run npm ci in tests/foreign/sigstore-js");
    files = new PublishedFiles(root);
  }

  @Test
  void sigstoreJsVerifiesCheckpointAndInclusion() throws Exception {
    for (int index : new int[] {0, 37, 255, 256, 511, 512, 599}) {
      assertThat(verify(files.entry(index), files.proof(index)))
          .isEqualTo(
              new Run(
                  0,
                  "entry %d is in the log of example.com/log, under 600 entries\n"
                      .formatted(index)));
    }
  }

  @Test
  void sigstoreJsRefusesAChangedEntry() throws Exception {
    Path entry = files.entry(37);
    flip(entry, 40);
    assertThat(verify(entry, files.proof(37)))
        .isEqualTo(new Run(1, "verify.js: calculated root hash does not match inclusion proof\n"));
  }

  @Test
  void sigstoreJsRefusesAChangedCheckpoint() throws Exception {
    Path proof = files.proof(37);
    String text = Files.readString(proof);
    Files.writeString(proof, text.replace("\n600\n", "\n601\n"));
    assertThat(verify(files.entry(37), proof))
        .isEqualTo(new Run(1, "verify.js: invalid checkpoint signature\n"));
  }

  private Run verify(Path entry, Path proof) throws Exception {
    var node = new ForeignProgram(root, Map.of());
    return node.run(
        List.of(
            "node",
            SCRIPT.resolve("verify.js").toString(),
            files.vkey().toString(),
            entry.toString(),
            proof.toString()));
  }
}
