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

/** Removing text from entries: asked for by one, approved by two others, done by the program. */
@RestController
@Tag(name = "Privacy", description = "Erasing people, legal holds, certificates")
public class PurgeController {

  private static final String PATH = "/api/v1/privacy/purges";

  private static final String EXAMPLE =
      """
      {"purge":"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10","state":"requested","says":"1 of 2 approvals","basis":"unlawful",
       "reason":"ticket DP-18","entries":[{"index":12,"name":"workitem.Commented","aggregate":"workitem:fabrikam:4711",
        "hash":"5f...","digest":"9c..."}],"requestedBy":"principal:ann","approvedBy":["principal:ben"],"heldBy":[]}
      """;

  private final PurgeRequests purges;

  PurgeController(PurgeRequests purges) {
    this.purges = purges;
  }

  /** Asks for a purge. */
  @PostMapping(
      path = PATH,
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Ask that the text of entries be removed",
      description =
          "Of comments on work items and pull requests. The entries and the digests of their"
              + " payloads stay. Two other principals have to approve; a legal hold on a person whom"
              + " a payload names by id, or who is listed in subjects, blocks it.")
  @ApiResponse(
      responseCode = "202",
      description = "Recorded; waits for approvals",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such entry")
  @ApiResponse(responseCode = "409", description = "An entry may not be purged; says which and why")
  public Mono<PurgeView> request(
      @RequestBody NewPurge wanted, @Parameter(hidden = true) Principal principal) {
    var entries = PrivacyInput.indexes(wanted.entries());
    var subjects = PrivacyInput.subjects(wanted.subjects());
    var basis = PrivacyInput.basis(wanted.basis());
    return OnVirtualThread.call(
        () -> purges.request(entries, subjects, basis, wanted.reason(), principal));
  }

  /** Lists purges. */
  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "List purges",
      description = "The 200 newest; with open=true the 200 oldest that are not over.")
  @ApiResponse(
      responseCode = "200",
      description = "Purges and what they wait for",
      content = @Content(examples = @ExampleObject("{\"items\":[" + EXAMPLE + "]}")))
  public Mono<PurgePage> list(@RequestParam(name = "open", defaultValue = "false") boolean open) {
    return OnVirtualThread.call(() -> new PurgePage(purges.list(open)));
  }

  /** Shows one. */
  @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(summary = "Show a purge", description = "How it stands and what it waits for.")
  @ApiResponse(
      responseCode = "200",
      description = "The purge",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such purge")
  public Mono<PurgeView> show(@PathVariable("id") String id) {
    var purge = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> purges.view(purge));
  }

  /** Approves. */
  @PostMapping(path = PATH + "/{id}/approve", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Approve a purge",
      description =
          "Two principals have to, none of them who asked. After the second it is carried out, and"
              + " cannot be undone.")
  @ApiResponse(
      responseCode = "200",
      description = "Approved; by the same principal again: nothing new",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such purge")
  @ApiResponse(responseCode = "409", description = "Your own request, or decided already")
  public Mono<PurgeView> approve(
      @PathVariable("id") String id, @Parameter(hidden = true) Principal principal) {
    var purge = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> purges.approve(purge, principal));
  }

  /** Refuses. */
  @PostMapping(
      path = PATH + "/{id}/refuse",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Refuse a purge, or take one's own request back",
      description = "As long as it has not begun.")
  @ApiResponse(
      responseCode = "200",
      description = "Refused",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No such purge")
  @ApiResponse(responseCode = "409", description = "It has begun, or is over")
  public Mono<PurgeView> refuse(
      @PathVariable("id") String id,
      @RequestBody PurgeRefusal refusal,
      @Parameter(hidden = true) Principal principal) {
    var purge = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> purges.refuse(purge, refusal.reason(), principal));
  }

  /** The certificate. */
  @GetMapping(path = PATH + "/{id}/certificate", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "The certificate of a purge",
      description =
          "There is one once each payload was read again without its text. It is recorded as an"
              + " entry of the log, whose inclusion can be proven.")
  @ApiResponse(
      responseCode = "200",
      description = "The certificate",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"purge":"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10",
                       "certificate":{"basis":"unlawful","citation":"Art. 17(1)(d) GDPR",
                        "requestedBy":"principal:ann","approvedBy":["principal:ben","principal:cleo"],
                        "begunAt":"2026-11-21T10:00:00Z",
                        "entries":[{"index":44,"name":"privacy.PayloadPurged","hash":"5f..."}],
                        "purged":[{"index":12,"name":"workitem.Commented","aggregate":"workitem:fabrikam:4711","hash":"a1...","digest":"9c..."}],
                        "inboxExpires":"2026-12-22","backupsExpire":"2026-12-27"},
                       "recordedAs":{"index":45,"name":"privacy.PurgeCertified","hash":"a0..."},
                       "says":["..."]}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such purge")
  @ApiResponse(responseCode = "409", description = "Not certified yet; the problem says why")
  public Mono<PurgeCertificateView> certificate(@PathVariable("id") String id) {
    var purge = PrivacyInput.id(id);
    return OnVirtualThread.call(() -> purges.certificate(purge));
  }

  /**
   * A request.
   *
   * @param entries indexes of the entries whose text goes
   * @param subjects random ids of persons for whom it is done
   * @param basis word of the legal basis
   * @param reason in words, without anybody's name
   */
  public record NewPurge(
      @Schema(example = "[12]") @Nullable List<Long> entries,
      @Schema(example = "[\"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c\"]")
          @Nullable List<String> subjects,
      @Schema(example = "unlawful") @Nullable String basis,
      @Schema(example = "ticket DP-18") @Nullable String reason) {}

  /** Why it will not be done, without anybody's name. */
  public record PurgeRefusal(@Schema(example = "evidence in file 12") @Nullable String reason) {}

  /** Several. */
  public record PurgePage(List<PurgeView> items) {}
}
