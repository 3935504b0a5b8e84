package io.countersign.auditlog.merkle;

import io.countersign.auditlog.EntryHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * RFC 6962 §2.1 and subtrees, word for word, slow and obvious: what the production code is compared
 * with.
 */
final class ByDefinition {

  private ByDefinition() {}

  static List<TreeHash> leaves(int count) {
    return IntStream.range(0, count).mapToObj(ByDefinition::leaf).toList();
  }

  static TreeHash leaf(int i) {
    return TreeHash.leaf(EntryHash.of(("entry " + i).getBytes(StandardCharsets.UTF_8)));
  }

  /** MTH. */
  static TreeHash root(List<TreeHash> d) {
    if (d.isEmpty()) {
      return TreeHash.EMPTY;
    }
    if (d.size() == 1) {
      return d.getFirst();
    }
    int k = split(d.size());
    return TreeHash.node(root(d.subList(0, k)), root(d.subList(k, d.size())));
  }

  /** PATH. */
  static List<TreeHash> path(int m, List<TreeHash> d) {
    if (d.size() == 1) {
      return List.of();
    }
    int k = split(d.size());
    return m < k
        ? plus(path(m, d.subList(0, k)), root(d.subList(k, d.size())))
        : plus(path(m - k, d.subList(k, d.size())), root(d.subList(0, k)));
  }

  /** PROOF. */
  static List<TreeHash> consistency(int m, List<TreeHash> d) {
    return subproof(m, d, true);
  }

  private static List<TreeHash> subproof(int m, List<TreeHash> d, boolean complete) {
    int n = d.size();
    if (m == n) {
      return complete ? List.of() : List.of(root(d));
    }
    int k = split(n);
    return m <= k
        ? plus(subproof(m, d.subList(0, k), complete), root(d.subList(k, n)))
        : plus(subproof(m - k, d.subList(k, n), false), root(d.subList(0, k)));
  }

  /** SUBTREE_PROOF of draft-ietf-plants-merkle-tree-certs, §4.4. */
  static List<TreeHash> subtree(int start, int end, List<TreeHash> d) {
    return subtreeSubproof(start, end, d, true);
  }

  private static List<TreeHash> subtreeSubproof(
      int start, int end, List<TreeHash> d, boolean complete) {
    int n = d.size();
    if (start == 0 && end == n) {
      return complete ? List.of() : List.of(root(d));
    }
    int k = split(n);
    if (end <= k) {
      return plus(subtreeSubproof(start, end, d.subList(0, k), complete), root(d.subList(k, n)));
    }
    return start >= k
        ? plus(
            subtreeSubproof(start - k, end - k, d.subList(k, n), complete), root(d.subList(0, k)))
        : plus(subtreeSubproof(0, end - k, d.subList(k, n), false), root(d.subList(0, k)));
  }

  private static List<TreeHash> plus(List<TreeHash> list, TreeHash last) {
    var more = new ArrayList<>(list);
    more.add(last);
    return more;
  }

  private static int split(int n) {
    return Integer.highestOneBit(n - 1);
  }
}
