package io.countersign.auditlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.auditlog.EntryHash;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The test vectors of transparency-dev/merkle (Apache-2.0), where they lie beside this repository:
 * {@link TreeTest} does without.
 */
class MerkleVectorsTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> inclusion() throws IOException {
    return vectors(
        "inclusion",
        v ->
            new InclusionProof(number(v, "leafIdx"), number(v, "treeSize"), path(v))
                .verify(hash(v, "leafHash"), hash(v, "root")));
  }

  @TestFactory
  Stream<DynamicTest> consistency() throws IOException {
    return vectors(
        "consistency",
        v ->
            new ConsistencyProof(number(v, "size1"), number(v, "size2"), path(v))
                .verify(hash(v, "root1"), hash(v, "root2")));
  }

  @TestFactory
  Stream<DynamicTest> subtreeInclusion() throws IOException {
    return vectors(
        "subtreeinclusion",
        v ->
            SubtreeProof.inclusion(
                    number(v, "leafIdx"), number(v, "start"), number(v, "end"), path(v))
                .verify(hash(v, "leafHash"), hash(v, "root")));
  }

  @TestFactory
  Stream<DynamicTest> subtreeConsistency() throws IOException {
    return vectors(
        "subtreeconsistency",
        v ->
            new SubtreeProof(number(v, "start"), number(v, "end"), number(v, "size"), path(v))
                .verify(hash(v, "root1"), hash(v, "root2")));
  }

  private interface Check {
    void run(JsonNode vector) throws ProofRefusedException;
  }

  /** A vector whose numbers do not fit 63 bits, or whose hashes are none, is refused by that. */
  private static final class NotHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Stream<DynamicTest> vectors(String kind, Check check) throws IOException {
    Path folder = shared().resolve(kind);
    assumeTrue(Files.isDirectory(folder), "the vectors are not beside this repository");
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(50);
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(), () -> verify(file, check)));
  }

  private static void verify(Path file, Check check) throws ProofRefusedException {
    JsonNode vector = JSON.readTree(file);
    if (vector.get("wantErr").asBoolean()) {
      assertThatThrownBy(() -> check.run(vector))
          .isInstanceOfAny(ProofRefusedException.class, NotHeldException.class);
    } else {
      check.run(vector);
    }
  }

  private static Path shared() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/data/merkle");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return Path.of("none");
  }

  private static long number(JsonNode vector, String field) {
    BigInteger value = vector.get(field).bigIntegerValue();
    if (value.bitLength() > 63) {
      throw new NotHeldException();
    }
    return value.longValue();
  }

  private static TreeHash hash(JsonNode vector, String field) {
    return hash(vector, vector.get(field));
  }

  private static TreeHash hash(JsonNode vector, JsonNode text) {
    byte[] bytes = Base64.getDecoder().decode(text.isNull() ? "" : text.asString());
    if (bytes.length != 32 && !vector.get("wantErr").asBoolean()) {
      // words instead of hashes, which only have to be equal
      return TreeHash.leaf(EntryHash.of(bytes));
    }
    if (bytes.length != 32) {
      throw new NotHeldException();
    }
    return TreeHash.fromBytes(bytes);
  }

  private static List<TreeHash> path(JsonNode vector) {
    var path = new ArrayList<TreeHash>();
    vector.get("proof").forEach(hash -> path.add(hash(vector, hash)));
    return path;
  }
}
