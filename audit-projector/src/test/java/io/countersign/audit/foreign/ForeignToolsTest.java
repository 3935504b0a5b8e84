package io.countersign.audit.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.testkit.SignedFolder;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools of others accept what we publish, and refuse it changed. Skipped where they are absent. */
class ForeignToolsTest {

  private static final int SIZE = 600;

  /** What stands before a raw Ed25519 key in DER. */
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  @TempDir private Path folder;
  private SignedFolder log;
  private SealedTree tree;

  @BeforeEach
  void publish() throws Exception {
    log = new SignedFolder(folder.resolve("log")).grow(SIZE);
    tree = SealedTree.newest(new PublishedLog(log.folder())).orElseThrow();
  }

  @Test
  void opensslVerifiesTheSignatureOfTheCheckpoint() throws Exception {
    assumeTrue(runs("openssl", "version"), "openssl is not here: its part is not run");
    SignedNote note = tree.note();
    Path text = Files.writeString(folder.resolve("text"), note.text());
    Path signature = Files.write(folder.resolve("sig"), note.signatures().getFirst().bytes());
    Path key = Files.writeString(folder.resolve("key.pem"), pem(log.key()));
    assertThat(verifies(key, text, signature)).isTrue();
    Files.writeString(text, note.text().replace("\n600\n", "\n601\n"));
    assertThat(verifies(key, text, signature)).isFalse();
  }

  private static boolean verifies(Path key, Path text, Path signature) throws Exception {
    return runs(
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        key.toString(),
        "-rawin",
        "-in",
        text.toString(),
        "-sigfile",
        signature.toString());
  }

  @Test
  void opensslHashesAnEntryToItsLeafAndTheEntryHoldsItsPayloadsDigest() throws Exception {
    assumeTrue(runs("openssl", "version"), "openssl is not here: its part is not run");
    byte[] entry = log.entry(37);
    byte[] leaf = new byte[entry.length + 1];
    System.arraycopy(entry, 0, leaf, 1, entry.length);
    assertThat(sha256(leaf)).isEqualTo(tree.leaf(37).hex());
    assertThat(sha256(new byte[0]))
        .isEqualTo(HexFormat.of().formatHex(Arrays.copyOfRange(entry, 90, 90 + Sha256.LENGTH)));
  }

  @Test
  void sigstoreVerifiesInclusionProofs() throws Exception {
    Method verify = sigstore();
    for (long index : new long[] {0, 37, 255, 256, 511, 512, 599}) {
      InclusionProof proof = tree.inclusion(index, SIZE);
      accepts(verify, proof, tree.leaf(index));
      assertThatThrownBy(() -> accepts(verify, proof, tree.leaf((index + 1) % SIZE)))
          .isInstanceOf(InvocationTargetException.class);
    }
  }

  private static Method sigstore() throws NoSuchMethodException {
    Class<?> verifier = null;
    try {
      verifier = Class.forName("dev.sigstore.merkle.InclusionProofVerifier");
    } catch (ClassNotFoundException _) {
      // said below
    }
    assumeTrue(verifier != null, "sigstore-java is not here: run with -Pforeign");
    return verifier.getMethod(
        "verify", byte[].class, long.class, long.class, List.class, byte[].class);
  }

  private void accepts(Method verify, InclusionProof proof, TreeHash leaf)
      throws ReflectiveOperationException {
    verify.invoke(
        null,
        leaf.bytes(),
        proof.index(),
        proof.size(),
        proof.path().stream().map(TreeHash::bytes).toList(),
        tree.checkpoint().root().bytes());
  }

  private String sha256(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("bytes"), bytes);
    Process process =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-r", file.toString()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).isZero();
    return said.substring(0, 64);
  }

  private static String pem(VerifierKey key) {
    byte[] typed =
        Base64.getDecoder().decode(key.toString().split("\\+", 3)[2]); // type, then the key
    byte[] der = Arrays.copyOf(SPKI, SPKI.length + Sha256.LENGTH);
    System.arraycopy(typed, 1, der, SPKI.length, Sha256.LENGTH);
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(der));
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
