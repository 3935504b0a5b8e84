package io.countersign.command.policy;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.policy.PublishPolicy;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.rules.policy.TransitionPolicy;
import io.countersign.rules.yaml.FaultyFileException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Publishing policies. */
@RestController
@Tag(name = "Policies", description = "What transitions need, and which projects they hold for")
public class PolicyController {

  private final OperatorCommands commands;
  private final LogReader log;

  /** Commands to send, and the log to answer with. */
  public PolicyController(OperatorCommands commands, LogReader log) {
    this.commands = commands;
    this.log = log;
  }

  /** Publishes a policy. */
  @PostMapping(
      path = "/api/v1/policies",
      consumes = {"application/yaml", MediaType.TEXT_PLAIN_VALUE},
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.CONFIGURE_PROJECTS)
  @Operation(
      summary = "Publish a policy",
      description =
          "The body is its YAML; its examples are run first. The text is recorded as a whole, so"
              + " that decisions can be judged again from the log alone. A version means one text"
              + " for ever; publishing the same again changes nothing.")
  @ApiResponse(
      responseCode = "200",
      description = "Published, now or before. Attach it to a project to make it hold.",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"id":"cmmi","version":"2026.11.0",
                       "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","news":true,"atLeast":42}
                      """)))
  @ApiResponse(
      responseCode = "400",
      description = "Not a policy; faults names file, line, column and what is wrong, each")
  @ApiResponse(responseCode = "409", description = "This version was published with another text")
  public Mono<Published> publish(
      @RequestBody byte[] yaml, @Parameter(hidden = true) Principal principal) {
    return OnVirtualThread.call(
        () -> {
          PolicyReference reference = PolicyBook.reference(read(yaml).stamp());
          Object answer =
              commands.send(
                  new PublishPolicy(reference, new String(yaml, StandardCharsets.UTF_8)),
                  principal);
          return new Published(
              reference.id(),
              reference.version(),
              reference.sha256(),
              answer == Recorded.NEW,
              log.head().map(LogHead::lastIndex).orElse(null));
        });
  }

  private static TransitionPolicy read(byte[] yaml) {
    try {
      return TransitionPolicy.read("policy", yaml);
    } catch (FaultyFileException e) {
      List<String> faults = e.faults().stream().map(Object::toString).toList();
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          faults.size() == 1 ? faults.getFirst() : faults.size() + " faults: " + faults.getFirst(),
          Map.of("faults", faults));
    }
  }

  /** Lists what comes with the program. */
  @GetMapping(path = "/api/v1/policies/built-in", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List the policies that come with the program",
      description = "They can be attached without publishing them.")
  @ApiResponse(
      responseCode = "200",
      description = "By id",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"items":[{"id":"cmmi","version":"2026.11.0",
                       "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]}
                      """)))
  public Mono<Policies> builtIn() {
    return Mono.just(
        new Policies(
            PolicyBook.builtIn().sorted(Comparator.comparing(PolicyReference::id)).toList()));
  }

  /** Policies. */
  public record Policies(List<PolicyReference> items) {}

  /**
   * The answer.
   *
   * @param id its id
   * @param version its version
   * @param sha256 of its bytes
   * @param news whether it was not published before
   * @param atLeast index of an entry at or after the publication's
   */
  public record Published(
      String id, String version, String sha256, boolean news, @Nullable Long atLeast) {}
}
