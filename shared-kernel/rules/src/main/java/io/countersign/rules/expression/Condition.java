package io.countersign.rules.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A compiled condition. Safe to share. */
public final class Condition {

  private final String text;
  private final Set<String> names;
  private final CelRuntime.Program program;

  Condition(String text, Set<String> names, CelRuntime.Program program) {
    this.text = text;
    this.names = names;
    this.program = program;
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The names it uses. */
  public Set<String> names() {
    return names;
  }

  /**
   * Holds it against values. What goes wrong is an answer, never an exception and never a yes.
   *
   * @param values normal ones ({@link Values}); a name that is absent is not known
   */
  public Truth evaluate(Map<String, ?> values) {
    var missing = new TreeSet<>(names);
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      return new Truth.NotEvaluated("not known: " + String.join(", ", missing));
    }
    try {
      Object result = program.eval(values);
      return result instanceof Boolean holds
          ? new Truth.Known(holds)
          : new Truth.NotEvaluated("it is neither true nor false");
    } catch (CelEvaluationException e) {
      return new Truth.NotEvaluated(plain(e));
    } catch (RuntimeException | StackOverflowError e) {
      return new Truth.NotEvaluated("it failed with " + e.getClass().getSimpleName());
    }
  }

  /** The words without the place in an unnamed source. */
  static String plain(CelEvaluationException e) {
    String words = String.valueOf(e.getMessage());
    return words.replaceFirst("^evaluation error( at [^ ]*)?: ", "").replaceFirst("\\.$", "");
  }
}
