package io.countersign.sandbox.azuredevops;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is answered when something goes wrong. */
final class FaultyAnswers {

  private static final Pattern ITEM = Pattern.compile("(?i)/workitems/(\\d+)");

  private FaultyAnswers() {}

  /** The answer of a fault, or null when the connection is closed instead. */
  static @Nullable Answer of(Fault.Kind kind, Request request, Supplier<Answer> right) {
    return switch (kind) {
      case PRECONDITION_FAILED -> ApiError.testFailed("/rev", "1", "2").answer();
      case CONFLICT -> ApiError.revisionMismatch(item(request)).answer();
      case NOT_FOUND -> ApiError.noWorkItem(item(request)).answer();
      case SIGN_IN -> Answer.signIn();
      case TOO_MANY_REQUESTS -> limited(ApiError.tooManyRequests().answer(), 0);
      case RETRY_AFTER -> limited(right.get(), 12);
      case UNAVAILABLE -> Answer.unavailable();
      case SERVER_ERROR -> ApiError.serverError().answer();
      case RESET -> null;
      case RESET_AFTERWARDS -> {
        Answer _ = right.get();
        yield null;
      }
      case EMPTY -> Answer.empty(200);
      case BOM -> withMark(right.get());
      case HTML ->
          Answer.html(
              404,
              "<!DOCTYPE html><html><head><title>404 - Page not found</title></head>"
                  + "<body><h1>404</h1></body></html>\n");
      case DELAY -> right.get();
    };
  }

  private static int item(Request request) {
    Matcher matcher = ITEM.matcher(request.path());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static Answer limited(Answer answer, int remaining) {
    return answer
        .with("Retry-After", "1")
        .with("X-RateLimit-Resource", "Concurrency")
        .with("X-RateLimit-Delay", remaining == 0 ? "30" : "1.2")
        .with("X-RateLimit-Limit", "200")
        .with("X-RateLimit-Remaining", Integer.toString(remaining))
        .with("X-RateLimit-Reset", "1");
  }

  private static Answer withMark(Answer answer) {
    byte[] marked = new byte[answer.body().length + 3];
    marked[0] = (byte) 0xef;
    marked[1] = (byte) 0xbb;
    marked[2] = (byte) 0xbf;
    System.arraycopy(answer.body(), 0, marked, 3, answer.body().length);
    return answer.withBody(marked);
  }
}
