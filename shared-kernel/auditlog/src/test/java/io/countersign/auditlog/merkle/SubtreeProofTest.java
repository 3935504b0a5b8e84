package io.countersign.auditlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.merkle.ProofRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SubtreeProofTest {

  private static final int LARGEST = 20;
  private static final List<TreeHash> LEAVES = ByDefinition.leaves(LARGEST);

  @Test
  void everySubtreeOfEveryTreeIsProvenAndNoOtherRootIs() throws Exception {
    int proven = 0;
    for (int size = 1; size <= LARGEST; size++) {
      List<TreeHash> tree = LEAVES.subList(0, size);
      TreeHash root = ByDefinition.root(tree);
      for (int start = 0; start < size; start++) {
        for (int end = start + 1; end <= size; end++) {
          if (!SubtreeProof.isSubtree(start, end)) {
            continue;
          }
          TreeHash part = ByDefinition.root(tree.subList(start, end));
          var proof = new SubtreeProof(start, end, size, ByDefinition.subtree(start, end, tree));
          proof.verify(part, root);
          refused(() -> proof.verify(ByDefinition.leaf(99), root));
          refused(() -> proof.verify(part, ByDefinition.leaf(99)));
          everyOtherPathIsRefused(proof, part, root);
          proven++;
        }
      }
    }
    assertThat(proven).isGreaterThan(500);
  }

  private static void everyOtherPathIsRefused(SubtreeProof proof, TreeHash part, TreeHash root) {
    for (int i = 0; i < proof.path().size(); i++) {
      var changed = new ArrayList<>(proof.path());
      changed.set(i, ByDefinition.leaf(99));
      refused(() -> with(proof, changed).verify(part, root));
      var shorter = new ArrayList<>(proof.path());
      shorter.remove(i);
      refused(() -> with(proof, shorter).verify(part, root));
    }
    var longer = new ArrayList<>(proof.path());
    longer.add(ByDefinition.leaf(99));
    refused(() -> with(proof, longer).verify(part, root));
  }

  private static SubtreeProof with(SubtreeProof proof, List<TreeHash> path) {
    return new SubtreeProof(proof.start(), proof.end(), proof.size(), path);
  }

  @Test
  void whatIsNoSubtreeIsRefused() {
    TreeHash any = ByDefinition.leaf(0);
    refused(Reason.NOT_A_SUBTREE, () -> new SubtreeProof(1, 3, 8, List.of()).verify(any, any));
    refused(Reason.NOT_A_SUBTREE, () -> new SubtreeProof(2, 5, 8, List.of()).verify(any, any));
    refused(Reason.NOT_A_SUBTREE, () -> new SubtreeProof(3, 2, 8, List.of()).verify(any, any));
    refused(Reason.NOT_A_SUBTREE, () -> new SubtreeProof(-4, 0, 8, List.of()).verify(any, any));
    refused(Reason.SIZES_OUT_OF_ORDER, () -> new SubtreeProof(4, 8, 7, List.of()).verify(any, any));
  }

  @Test
  void aLeafIsProvenInASubtreeAsInATreeOfItsOwn() throws Exception {
    List<TreeHash> part = LEAVES.subList(8, 13);
    for (int index = 8; index < 13; index++) {
      SubtreeProof.inclusion(index, 8, 13, ByDefinition.path(index - 8, part))
          .verify(LEAVES.get(index), ByDefinition.root(part));
    }
    refused(Reason.INDEX_OUTSIDE_TREE, () -> SubtreeProof.inclusion(7, 8, 13, List.of()));
    refused(Reason.INDEX_OUTSIDE_TREE, () -> SubtreeProof.inclusion(13, 8, 13, List.of()));
    refused(Reason.NOT_A_SUBTREE, () -> SubtreeProof.inclusion(8, 7, 13, List.of()));
  }

  private static void refused(ThrowingCallable verification) {
    assertThatThrownBy(verification).isInstanceOf(ProofRefusedException.class);
  }

  private static void refused(Reason reason, ThrowingCallable verification) {
    assertThatThrownBy(verification)
        .isInstanceOfSatisfying(
            ProofRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
