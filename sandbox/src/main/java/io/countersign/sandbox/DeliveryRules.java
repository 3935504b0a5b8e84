package io.countersign.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What Azure DevOps makes of an answer to a service hook: MicrosoftDocs/azure-devops-docs,
 * service-hooks/troubleshoot.md. {@code Retry-After} is not mentioned there, so it is not obeyed.
 */
public final class DeliveryRules {

  /** Stands for no answer at all, which is taken for transient; Microsoft does not document it. */
  public static final int NO_ANSWER = 0;

  /** The answer that disables a subscription at once. */
  public static final int GONE = 410;

  /** The pauses before each further attempt: eight within about three minutes. */
  public static final List<Duration> BACKOFF =
      List.of(1, 2, 4, 8, 16, 32, 60, 60).stream().map(Duration::ofSeconds).toList();

  /** The pauses on probation, over 36 hours. */
  public static final List<Duration> PROBATION =
      List.of(20, 40, 80, 160, 320, 640, 900).stream().map(Duration::ofMinutes).toList();

  private static final Set<Integer> TRANSIENT = Set.of(NO_ANSWER, 408, 502, 503, 504);

  private DeliveryRules() {}

  /** Whether it is tried again within minutes. */
  public static boolean isTransient(int status) {
    return TRANSIENT.contains(status);
  }

  /** Whether it was taken. */
  public static boolean isAccepted(int status) {
    return status >= 200 && status < 300;
  }
}
