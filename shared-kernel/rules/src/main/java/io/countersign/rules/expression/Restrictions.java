package io.countersign.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What CEL allows and a condition does not need. Joining text or lists inside nested macros doubles
 * a value with every level, and a counted repetition in a pattern does the same to its automaton.
 */
final class Restrictions {

  static final int MOST_PARTS = 600;
  static final int DEEPEST_MACROS = 3;

  private static final Set<CelKind> ADDABLE =
      EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.TIMESTAMP, CelKind.DURATION);

  private Restrictions() {}

  /** The declared names that an expression uses. */
  static Set<String> names(CelAbstractSyntaxTree tree) {
    var names = new TreeSet<String>();
    var bound = new TreeSet<String>();
    nodes(tree)
        .forEach(
            node -> {
              if (node.getKind() == Kind.IDENT) {
                names.add(node.expr().ident().name());
              } else if (node.getKind() == Kind.COMPREHENSION) {
                bound.add(node.expr().comprehension().iterVar());
                bound.add(node.expr().comprehension().accuVar());
              }
            });
    names.removeAll(bound);
    names.removeIf(Restrictions::isType);
    return Set.copyOf(names);
  }

  private static boolean isType(String name) {
    return Set.of(
            "bool", "int", "uint", "double", "string", "bytes", "list", "map", "type", "null_type")
        .contains(name);
  }

  static List<String> refused(CelAbstractSyntaxTree tree) {
    var refused = new ArrayList<String>();
    long parts = nodes(tree).count();
    if (parts > MOST_PARTS) {
      refused.add("the expression has %d parts; %d are allowed".formatted(parts, MOST_PARTS));
    }
    if (nodes(tree).anyMatch(node -> depthOfMacros(node) > DEEPEST_MACROS)) {
      refused.add("macros are nested deeper than %d".formatted(DEEPEST_MACROS));
    }
    if (nodes(tree).anyMatch(node -> joins(tree, node))) {
      refused.add("+ is for numbers and times; text and lists cannot be joined");
    }
    if (nodes(tree).anyMatch(Restrictions::hasOpenPattern)) {
      refused.add("the pattern of matches() must be written out, without counted repetition");
    }
    return refused;
  }

  private static Stream<CelNavigableExpr> nodes(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree).getRoot().allNodes();
  }

  private static int depthOfMacros(CelNavigableExpr node) {
    int depth = 0;
    Optional<CelNavigableExpr> at = Optional.of(node);
    while (at.isPresent()) {
      depth += at.get().getKind() == Kind.COMPREHENSION ? 1 : 0;
      at = at.get().parent();
    }
    return depth;
  }

  private static boolean joins(CelAbstractSyntaxTree tree, CelNavigableExpr node) {
    if (!calls(node, "_+_") || isOfAMacro(node.expr())) {
      return false;
    }
    return tree.getType(node.id()).map(type -> !ADDABLE.contains(type.kind())).orElse(true);
  }

  /** map() and filter() are made of joining to a name that cannot be written. */
  private static boolean isOfAMacro(CelExpr call) {
    List<CelExpr> arguments = call.call().args();
    CelExpr first = arguments.getFirst();
    return first.getKind() == Kind.IDENT && first.ident().name().startsWith("@");
  }

  private static boolean hasOpenPattern(CelNavigableExpr node) {
    if (!calls(node, "matches")) {
      return false;
    }
    List<CelExpr> arguments = node.expr().call().args();
    CelExpr pattern = arguments.getLast();
    return pattern.getKind() != Kind.CONSTANT
        || pattern.constant().getKind() != dev.cel.common.ast.CelConstant.Kind.STRING_VALUE
        || pattern.constant().stringValue().contains("{");
  }

  private static boolean calls(CelNavigableExpr node, String function) {
    return node.getKind() == Kind.CALL && node.expr().call().function().equals(function);
  }
}
