package io.countersign.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;

/**
 * The names a condition may use, and their kinds. Standard CEL with the sets extension; nothing of
 * it can make a value grow, so no condition can eat the memory, and iterations have a budget.
 */
public final class Language {

  /** Longer ones should be several. */
  public static final int LONGEST = 4_096;

  private static final int ITERATIONS = 10_000;
  private static final int DEEPEST = 40;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .comprehensionMaxIterations(ITERATIONS)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.sets(OPTIONS))
          .build();

  private final CelCompiler compiler;

  /** What a name stands for. */
  public enum Kind {
    /** Text. */
    TEXT(SimpleType.STRING),
    /** A point in time. */
    TIME(SimpleType.TIMESTAMP),
    /** A map with text keys. */
    MAP(MapType.create(SimpleType.STRING, SimpleType.DYN)),
    /** A list of text. */
    TEXTS(ListType.create(SimpleType.STRING)),
    /** A list of maps. */
    MAPS(ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN)));

    private final CelType type;

    Kind(CelType type) {
      this.type = type;
    }
  }

  /** A language of these names. */
  public Language(Map<String, Kind> names) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.sets(OPTIONS));
    names.forEach((name, kind) -> builder.addVar(name, kind.type));
    compiler = builder.build();
  }

  /**
   * Compiles a condition.
   *
   * @throws NotAConditionException when it is none, with every reason
   */
  public Condition condition(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw new NotAConditionException(
          List.of("the expression is longer than %,d characters".formatted(LONGEST)));
    }
    CelAbstractSyntaxTree tree = compile(text);
    if (tree.getResultType().equals(SimpleType.DYN)) {
      throw new NotAConditionException(
          List.of("could be anything, not only true or false: compare it, as in x == true"));
    }
    if (!tree.getResultType().equals(SimpleType.BOOL)) {
      throw new NotAConditionException(
          List.of("must be true or false, but is of type " + tree.getResultType().name()));
    }
    List<String> refused = Restrictions.refused(tree);
    if (!refused.isEmpty()) {
      throw new NotAConditionException(refused);
    }
    try {
      return new Condition(text, Restrictions.names(tree), RUNTIME.createProgram(tree));
    } catch (CelEvaluationException e) {
      throw new NotAConditionException(List.of(Condition.plain(e)));
    }
  }

  private CelAbstractSyntaxTree compile(String text) {
    try {
      CelValidationResult result = compiler.compile(text);
      if (result.hasError()) {
        throw refusal(result.getErrors());
      }
      return result.getAst();
    } catch (CelValidationException e) {
      throw refusal(e.getErrors());
    } catch (RuntimeException | StackOverflowError e) {
      if (e instanceof NotAConditionException known) {
        throw known;
      }
      throw new NotAConditionException(List.of("the expression cannot be compiled"));
    }
  }

  private static NotAConditionException refusal(List<CelIssue> issues) {
    return new NotAConditionException(issues.stream().map(Language::worded).toList());
  }

  private static String worded(CelIssue issue) {
    var place = issue.getSourceLocation();
    return place.getLine() < 1
        ? issue.getMessage()
        : "at %d:%d of the expression: %s"
            .formatted(
                place.getLine(),
                place.getColumn() + 1,
                issue.getMessage().replace(" (in container '')", ""));
  }
}
