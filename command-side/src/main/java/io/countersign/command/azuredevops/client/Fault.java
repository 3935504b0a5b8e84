package io.countersign.command.azuredevops.client;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the service said when it did not do something.
 *
 * @param status of HTTP; 0 where nothing was sent
 * @param typeKey which error, by the service's name or, where it has none, one of ours; this is
 *     what to branch on
 * @param message the service's words; may name people: for whoever asked, never for logs
 * @param activity the service's id of the call
 * @param needs the scope a token needs for this call
 */
public record Fault(
    int status, String typeKey, String message, @Nullable String activity, String needs) {

  private static final int LONGEST = 2_000;

  /** Not sent at all: there is no credential to send it with. */
  static final String NO_CREDENTIAL = "countersign.NoCredential";

  /** A page for people where an answer belongs: the credential is not good. */
  static final String SIGN_IN_PAGE = "countersign.SignInPage";

  /** The answer has no body that names an error. */
  static final String UNNAMED = "countersign.Unnamed";

  /** Longer than {@code countersign.azure-devops.max-response-bytes}. */
  static final String TOO_LONG = "countersign.TooLong";

  /** JSON, but not of the shape this call is answered with. */
  static final String OTHER_SHAPE = "countersign.OtherShape";

  /** A write was answered well and made no revision. */
  static final String NOT_SAVED = "countersign.NotSaved";

  private static final Set<String> OURS =
      Set.of(NO_CREDENTIAL, SIGN_IN_PAGE, UNNAMED, TOO_LONG, OTHER_SHAPE, NOT_SAVED);

  /** Bounds the message. */
  public Fault {
    message = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
  }

  /** A sentence for people who operate this: what, and what it takes. Names nobody. */
  public String told() {
    String what = OURS.contains(typeKey) ? message : typeKey;
    return (status == 0 ? what : "%d %s".formatted(status, what))
        + (isAboutRights()
            ? "; a token needs %s, a service principal the permission".formatted(needs)
            : "");
  }

  private boolean isAboutRights() {
    return status == 203 || status / 100 == 3 || status == 401 || status == 403 || status == 404;
  }

  /** Without the message. */
  @Override
  public String toString() {
    return "Fault[%d %s, activity=%s]".formatted(status, typeKey, activity);
  }
}
