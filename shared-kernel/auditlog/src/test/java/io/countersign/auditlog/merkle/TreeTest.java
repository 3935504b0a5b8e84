package io.countersign.auditlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.merkle.ProofRefusedException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {

  private static final int SIZES = 67;

  private final List<TreeHash> leaves = ByDefinition.leaves(SIZES);
  private final Map<String, TreeHash> nodes = new HashMap<>();

  TreeTest() {
    var frontier = new Frontier((level, index, hash) -> nodes.put(level + "/" + index, hash));
    leaves.forEach(frontier::append);
  }

  @Test
  void theEmptyTreeIsTheHashOfNothing() throws IOException {
    assertThat(tree(0).root().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(new Frontier().root()).isEqualTo(TreeHash.EMPTY);
  }

  @Test
  void rootsAndPeaksAreThoseOfTheDefinition() throws IOException {
    var frontier = new Frontier();
    for (int size = 0; size <= SIZES; size++) {
      TreeHash root = ByDefinition.root(leaves.subList(0, size));
      assertThat(tree(size).root()).isEqualTo(root);
      assertThat(frontier.root()).isEqualTo(root);
      assertThat(frontier.peaks()).isEqualTo(tree(size).peaks());
      assertThat(Frontier.of(size, frontier.peaks(), (_, _, _) -> {}).root()).isEqualTo(root);
      if (size < SIZES) {
        frontier.append(leaves.get(size));
      }
    }
  }

  @Test
  void inclusionProofsAreThoseOfTheDefinitionAndProve() throws Exception {
    for (int size = 1; size <= SIZES; size++) {
      TreeHash root = tree(size).root();
      for (int index = 0; index < size; index++) {
        InclusionProof proof = tree(size).inclusion(index);
        assertThat(proof.path()).isEqualTo(ByDefinition.path(index, leaves.subList(0, size)));
        proof.verify(leaves.get(index), root);
      }
    }
  }

  @Test
  void consistencyProofsAreThoseOfTheDefinitionAndProve() throws Exception {
    for (int to = 1; to <= SIZES; to++) {
      for (int from = 1; from <= to; from++) {
        ConsistencyProof proof = tree(to).consistencyFrom(from);
        assertThat(proof.path()).isEqualTo(ByDefinition.consistency(from, leaves.subList(0, to)));
        proof.verify(tree(from).root(), tree(to).root());
      }
    }
  }

  /** Another leaf, place, size, root, or path: each alone. */
  @Test
  void nothingElseIsProven() throws Exception {
    TreeHash other = ByDefinition.leaf(1_000_000);
    for (int size = 1; size <= 20; size++) {
      TreeHash root = tree(size).root();
      for (int index = 0; index < size; index++) {
        InclusionProof good = tree(size).inclusion(index);
        TreeHash leaf = leaves.get(index);
        refused(good, other, root);
        refused(good, leaf, other);
        for (int i = -2; i <= 2 * size + 2; i++) {
          if (i != index) {
            refused(new InclusionProof(i, size, good.path()), leaf, root);
          }
        }
        for (List<TreeHash> path : damaged(good.path(), other)) {
          refused(new InclusionProof(index, size, path), leaf, root);
        }
      }
    }
  }

  @Test
  void nothingElseIsConsistent() throws Exception {
    TreeHash other = ByDefinition.leaf(1_000_000);
    for (int to = 1; to <= 16; to++) {
      for (int from = 1; from <= to; from++) {
        ConsistencyProof good = tree(to).consistencyFrom(from);
        TreeHash older = tree(from).root();
        TreeHash newer = tree(to).root();
        refused(good, other, newer);
        refused(good, older, other);
        for (List<TreeHash> path : damaged(good.path(), other)) {
          refused(new ConsistencyProof(from, to, path), older, newer);
        }
      }
    }
  }

  /** Finding 6 of the model codebases: a verifier that does not look at coordinates takes these. */
  @Test
  void aGoodPathIsRefusedInATreeOfAnotherShape() throws Exception {
    List<TreeHash> path = tree(2).inclusion(0).path();
    TreeHash root = tree(2).root();
    new InclusionProof(0, 2, path).verify(leaves.getFirst(), root);
    reason(new InclusionProof(0, 4, path), root, Reason.PATH_TOO_SHORT);
    reason(new InclusionProof(0, 1000, path), root, Reason.PATH_TOO_SHORT);
    reason(new InclusionProof(4, 8, path), root, Reason.PATH_TOO_SHORT);
    reason(new InclusionProof(2, 2, path), root, Reason.INDEX_OUTSIDE_TREE);
    reason(new InclusionProof(0, 1, path), root, Reason.PATH_TOO_LONG);
    reason(new InclusionProof(0, 0, path), root, Reason.EMPTY_TREE);
    reason(new InclusionProof(0, Long.MAX_VALUE, path), root, Reason.PATH_TOO_SHORT);
    reason(new InclusionProof(-1, 2, path), root, Reason.INDEX_OUTSIDE_TREE);
  }

  @Test
  void theRefusalSaysWhere() {
    List<TreeHash> path = List.of(TreeHash.EMPTY, TreeHash.EMPTY);
    assertThatThrownBy(() -> new InclusionProof(0, 2, path).verify(TreeHash.EMPTY, TreeHash.EMPTY))
        .isInstanceOfSatisfying(
            ProofRefusedException.class, refusal -> assertThat(refusal.at()).isEqualTo(1))
        .hasMessage("there are more hashes than levels, at hash 1 of the proof");
    assertThatThrownBy(() -> new InclusionProof(0, 9, path).verify(TreeHash.EMPTY, TreeHash.EMPTY))
        .hasMessage("a hash is missing, at hash 2 of the proof");
  }

  @Test
  void whatATreeDoesNotHaveIsNotAskedOfIt() {
    assertThatIllegalArgumentException().isThrownBy(() -> tree(3).inclusion(3));
    assertThatIllegalArgumentException().isThrownBy(() -> tree(3).consistencyFrom(4));
    assertThatIllegalArgumentException().isThrownBy(() -> tree(3).consistencyFrom(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Frontier.of(3, List.of(TreeHash.EMPTY), (_, _, _) -> {}));
  }

  private Tree tree(long size) {
    return new Tree(
        (level, index) -> {
          TreeHash hash = nodes.get(level + "/" + index);
          if (hash == null) {
            throw new IOException("no node " + level + "/" + index);
          }
          return hash;
        },
        size);
  }

  private static List<List<TreeHash>> damaged(List<TreeHash> path, TreeHash other) {
    var damaged = new ArrayList<List<TreeHash>>();
    for (int i = 0; i <= path.size(); i++) {
      var more = new ArrayList<>(path);
      more.add(i, other);
      damaged.add(more);
      if (i < path.size()) {
        var fewer = new ArrayList<>(path);
        fewer.remove(i);
        damaged.add(fewer);
        var changed = new ArrayList<>(path);
        changed.set(i, other);
        damaged.add(changed);
      }
    }
    return damaged;
  }

  private static void refused(InclusionProof proof, TreeHash leaf, TreeHash root) {
    assertThatThrownBy(() -> proof.verify(leaf, root))
        .as("%s", proof)
        .isInstanceOf(ProofRefusedException.class);
  }

  private static void refused(ConsistencyProof proof, TreeHash older, TreeHash newer) {
    assertThatThrownBy(() -> proof.verify(older, newer))
        .as("%s", proof)
        .isInstanceOf(ProofRefusedException.class);
  }

  private void reason(InclusionProof proof, TreeHash root, Reason reason) {
    assertThatThrownBy(() -> proof.verify(leaves.getFirst(), root))
        .isInstanceOfSatisfying(
            ProofRefusedException.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
