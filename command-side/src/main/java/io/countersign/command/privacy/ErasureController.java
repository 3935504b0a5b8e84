package io.countersign.command.privacy;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Erasing people: asked for by one, approved by two others, done by the program. */
@RestController
@Tag(name = "Privacy", description = "Erasing people, legal holds, certificates")
public class ErasureController {

  private static final String PATH = "/api/v1/privacy/erasures";

  private static final String EXAMPLE =
      """
      {"erasure":"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10","subject":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c",
       "state":"requested","says":"1 of 2 approvals","basis":"no-longer-needed","reason":"ticket DP-17",
       "alsoErase":[],"requestedBy":"principal:ann","approvedBy":["principal:ben"],"heldBy":[]}
      """;

  private final Erasures erasures;

  ErasureController(Erasures erasures) {
    this.erasures = erasures;
  }

  /** Asks for an erasure. */
  @PostMapping(
      path = PATH,
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Ask that a person be erased",
      description =
          "Two other principals have to approve. The reason must not name the person. alsoErase"
              + " names work items and other resources whose whole text goes, too: titles, comments,"
              + " descriptions, whoever wrote them.")
  @ApiResponse(
      responseCode = "202",
      description = "Recorded; waits for approvals",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such subject")
  @ApiResponse(responseCode = "409", description = "An erasure of this subject is underway or done")
  public Mono<ErasureView> request(
      @RequestBody NewErasure wanted, @Parameter(hidden = true) Principal principal) {
    var subject = PrivacyInput.subject(wanted.subject(), "/subject");
    var owners = PrivacyInput.owners(wanted.alsoErase());
    var basis = PrivacyInput.basis(wanted.basis());
    return OnVirtualThread.call(
        () -> erasures.request(subject, owners, basis, wanted.reason(), principal));
  }

  /** Lists erasures. */
  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "List erasures",
      description = "The 200 newest; with open=true the 200 oldest that are not over.")
  @ApiResponse(
      responseCode = "200",
      description = "Erasures and what they wait for",
      content = @Content(examples = @ExampleObject("{\"items\":[" + EXAMPLE + "]}")))
  public Mono<ErasurePage> list(@RequestParam(name = "open", defaultValue = "false") boolean open) {
    return OnVirtualThread.call(() -> new ErasurePage(erasures.list(open)));
  }

  /** Shows one. */
  @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(summary = "Show an erasure", description = "How it stands and what it waits for.")
  @ApiResponse(
      responseCode = "200",
      description = "The erasure",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such erasure")
  public Mono<ErasureView> show(@PathVariable("id") String id) {
    var erasure = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> erasures.view(erasure));
  }

  /** Approves. */
  @PostMapping(path = PATH + "/{id}/approve", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Approve an erasure",
      description =
          "Two principals have to, none of them who asked. After the second it is carried out, and"
              + " cannot be undone.")
  @ApiResponse(
      responseCode = "200",
      description = "Approved; by the same principal again: nothing new",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such erasure")
  @ApiResponse(responseCode = "409", description = "Your own request, or decided already")
  public Mono<ErasureView> approve(
      @PathVariable("id") String id, @Parameter(hidden = true) Principal principal) {
    var erasure = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> erasures.approve(erasure, principal));
  }

  /** Refuses. */
  @PostMapping(
      path = PATH + "/{id}/refuse",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Refuse an erasure",
      description = "As long as it has not begun. The ground is one of a list of words.")
  @ApiResponse(
      responseCode = "200",
      description = "Refused",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such erasure")
  @ApiResponse(responseCode = "409", description = "It has begun, or is over")
  public Mono<ErasureView> refuse(
      @PathVariable("id") String id,
      @RequestBody Refusal refusal,
      @Parameter(hidden = true) Principal principal) {
    var erasure = PrivacyInput.id(id);
    var ground = PrivacyInput.ground(refusal.ground());
    return OnVirtualThread.call(
        () -> erasures.refuse(erasure, ground, refusal.reason(), principal));
  }

  /** Takes back. */
  @PostMapping(path = PATH + "/{id}/withdraw", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Withdraw one's own request",
      description = "As long as it has not begun. Others refuse it instead.")
  @ApiResponse(
      responseCode = "200",
      description = "Withdrawn",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such erasure")
  @ApiResponse(responseCode = "409", description = "Somebody else's, begun, or over")
  public Mono<ErasureView> withdraw(
      @PathVariable("id") String id, @Parameter(hidden = true) Principal principal) {
    var erasure = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> erasures.withdraw(erasure, principal));
  }

  /** The certificate. */
  @GetMapping(path = PATH + "/{id}/certificate", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "The certificate of an erasure",
      description =
          "There is one once every node has dropped the keys and nothing they sealed can be opened."
              + " It is recorded as an entry of the log, whose inclusion can be proven.")
  @ApiResponse(
      responseCode = "200",
      description = "The certificate",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"erasure":"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10","subject":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c",
                       "certificate":{"basis":"no-longer-needed","citation":"Art. 17(1)(a) GDPR",
                        "requestedBy":"principal:ann","approvedBy":["principal:ben","principal:cleo"],
                        "erasedAt":"2026-11-21T10:00:00Z",
                        "keys":[{"id":"9edc2ccd-cd9d-47c4-b542-b9b0b13c1410","owner":"person:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c","purpose":"identity"}],
                        "entries":[{"index":41,"name":"privacy.ErasureRequested","hash":"5f..."}],
                        "destructions":3,"nodesReached":2,
                        "probe":{"searched":45,"entries":7,"texts":9,"opened":0},
                        "inboxExpires":"2026-12-22","backupsExpire":"2026-12-27"},
                       "recordedAs":{"index":46,"name":"privacy.ErasureCertified","hash":"a0..."},
                       "says":["..."]}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such erasure")
  @ApiResponse(responseCode = "409", description = "Not certified yet; the problem says why")
  public Mono<CertificateView> certificate(@PathVariable("id") String id) {
    var erasure = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> erasures.certificate(erasure));
  }

  /**
   * A request.
   *
   * @param subject random id of the person
   * @param alsoErase work items and resources whose text goes as a whole
   * @param basis word of the legal basis
   * @param reason in words, without the person's name
   */
  public record NewErasure(
      @Schema(example = "6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c") @Nullable String subject,
      @Schema(example = "[\"workitem:fabrikam:4711\"]") @Nullable List<String> alsoErase,
      @Schema(example = "no-longer-needed") @Nullable String basis,
      @Schema(example = "ticket DP-17") @Nullable String reason) {}

  /**
   * A refusal.
   *
   * @param ground word of the ground
   * @param reason in words, without the person's name
   */
  public record Refusal(
      @Schema(example = "legal-claims") @Nullable String ground,
      @Schema(example = "court file 12") @Nullable String reason) {}

  /** Several. */
  public record ErasurePage(List<ErasureView> items) {}
}
