package io.countersign.rules.policy;

import io.countersign.kernel.project.Process;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The policies that come with the program, one a process. A project without a policy of its own is
 * held to their edges only (which state may follow which) and to their hierarchy; what a transition
 * needs is asked for once such a policy is attached, as with any other.
 */
public final class BuiltInPolicies {

  private static final Map<Process, TransitionPolicy> ALL = readAll();

  private BuiltInPolicies() {}

  /** The policy of a process. */
  public static TransitionPolicy of(Process process) {
    TransitionPolicy policy = ALL.get(process);
    if (policy == null) {
      throw new IllegalStateException("no policy comes for " + process);
    }
    return policy;
  }

  /** The file of a process's policy, as it was read. */
  public static byte[] file(Process process) {
    String name = process.word() + ".yaml";
    try (InputStream in = BuiltInPolicies.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its policy " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Process, TransitionPolicy> readAll() {
    Map<Process, TransitionPolicy> all = new EnumMap<>(Process.class);
    for (Process process : Process.values()) {
      all.put(process, TransitionPolicy.read(process.word() + ".yaml", file(process)));
    }
    return Collections.unmodifiableMap(all);
  }
}
