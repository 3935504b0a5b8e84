package io.countersign.command.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Many quarantined deliveries at once. */
@RestController
@Tag(name = "Inbox")
final class QuarantineController {

  private static final int PAGE = 1000;

  private final QuarantineRetry retry;

  QuarantineController(QuarantineRetry retry) {
    this.retry = retry;
  }

  /**
   * Which ones.
   *
   * @param code they were quarantined with
   * @param after {@code next} of the call before
   * @param reason why; recorded
   */
  record Wanted(@Nullable String code, @Nullable String after, @Nullable String reason) {}

  /**
   * What was put back.
   *
   * @param retried how many
   * @param next pass it as {@code after}; absent when there are no more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Retried(int retried, @Nullable String next) {}

  @PostMapping("/api/v1/inbox/quarantine/retry")
  @RequiresPermission(Permission.MANAGE_INBOX)
  @Operation(
      summary = "Handle quarantined deliveries again, many at once",
      description =
          "Puts back up to 1000 deliveries that were quarantined with one code, oldest first. Call it again with `next` "
              + "as `after` until there is none.")
  @ApiResponse(
      responseCode = "200",
      description = "Put back",
      content = @Content(examples = @ExampleObject("{\"retried\": 1000, \"next\": \"4711\"}")))
  Mono<Retried> retryAll(
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              "{\"code\": \"attempts-exhausted\", \"reason\": \"the handler is repaired\"}")))
          @RequestBody
          Wanted wanted,
      @Parameter(hidden = true) Principal principal) {
    String code = wanted.code();
    if (code == null || !code.matches("[a-z0-9.-]{1,100}")) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "code is required: the one deliveries were quarantined with, for example attempts-exhausted");
    }
    InboxController.checkLength(wanted.reason());
    long after = wanted.after() == null ? 0 : InboxController.cursor(wanted.after());
    return OnVirtualThread.call(
        () -> {
          List<Long> back = retry.page(code, after, PAGE, principal, wanted.reason());
          return new Retried(
              back.size(), back.size() < PAGE ? null : Long.toString(back.getLast()));
        });
  }
}
