package io.countersign.command.privacy;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Who is meant, who names them, and who must not be erased. Names and aliases are in bodies only.
 */
@RestController
@Tag(name = "Privacy", description = "Erasing people, legal holds, certificates")
public class SubjectController {

  private static final String HOLD =
      """
      {"hold":"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10","subject":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c",
       "reason":"court file 12","placedBy":"principal:ann"}
      """;

  private final IdentityDirectory directory;
  private final Mentions mentions;
  private final Holds holds;
  private final Searches searches;

  SubjectController(
      IdentityDirectory directory, Mentions mentions, Holds holds, Searches searches) {
    this.directory = directory;
    this.mentions = mentions;
    this.holds = holds;
    this.searches = searches;
  }

  /** Finds subjects. */
  @PostMapping(
      path = "/api/v1/privacy/subjects/find",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Find a person's random id",
      description =
          "By a mail address or descriptor; with the organization also by an id, an account name, or"
              + " the name shown. Several answers mean that several persons were told with it. Who"
              + " searched, and whom he found, is recorded in the log before the answer; the alias not.")
  @ApiResponse(
      responseCode = "200",
      description = "Whom it leads to; nobody when it is not known, or was erased",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"items":[{"subject":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c","by":["unique-name"],"forgotten":false}]}
                      """)))
  public Mono<SubjectPage> find(
      @RequestBody Search search, @Parameter(hidden = true) Principal principal) {
    String alias = PrivacyInput.alias(search.alias());
    var organization = PrivacyInput.organization(search.organization());
    return OnVirtualThread.call(
        () -> {
          var found = directory.find(organization, alias);
          searches.forSubjects(found.stream().map(one -> one.subject()).toList(), principal);
          return new SubjectPage(
              found.stream()
                  .map(one -> new SubjectView(one.subject().value(), one.by(), one.forgotten()))
                  .toList());
        });
  }

  /** Finds mentions. */
  @PostMapping(
      path = "/api/v1/privacy/mentions",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Find text of others that names a person",
      description =
          "Searches 20,000 entries from an index on for words; without words, for the names the log"
              + " has of the person, which it answers with: send them back with next as from. To be"
              + " done before the erasure: afterwards nobody knows the names. Recorded in the log as"
              + " a search for the person; the words not.")
  @ApiResponse(
      responseCode = "200",
      description = "Owners of text that names the person, with the entries",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"words":["Ann Example"],"items":[{"owner":"workitem:fabrikam:4711","index":12,"at":"workitem.Commented/text"}],
                       "next":20000}
                      """)))
  public Mono<MentionPage> mentions(
      @RequestBody MentionSearch search, @Parameter(hidden = true) Principal principal) {
    var subject = PrivacyInput.subject(search.subject(), "/subject");
    List<String> given = PrivacyInput.words(search.words());
    long from = search.from() == null ? 0 : search.from();
    if (from < 0) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "/from: 0 or more expected");
    }
    return OnVirtualThread.call(
        () -> {
          List<String> words = given.isEmpty() ? mentions.names(subject) : given;
          Mentions.Found found =
              words.isEmpty() ? Mentions.Found.NOTHING : mentions.find(words, from);
          searches.forMentions(subject, from, found.mentions().size(), principal);
          return new MentionPage(
              words,
              found.mentions().stream()
                  .map(one -> new MentionView(one.owner(), one.index(), one.at()))
                  .toList(),
              found.next());
        });
  }

  /** Places a hold. */
  @PostMapping(
      path = "/api/v1/privacy/holds",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Place a legal hold",
      description = "No erasure of the person begins until it is lifted, however often approved.")
  @ApiResponse(
      responseCode = "201",
      description = "Placed",
      content = @Content(examples = @ExampleObject(HOLD)))
  @ApiResponse(responseCode = "404", description = "No such subject")
  @ApiResponse(responseCode = "409", description = "Too late: keys are being destroyed")
  public Mono<HoldView> place(
      @RequestBody NewHold wanted, @Parameter(hidden = true) Principal principal) {
    var subject = PrivacyInput.subject(wanted.subject(), "/subject");
    return OnVirtualThread.call(() -> holds.place(subject, wanted.reason(), principal));
  }

  /** Lifts a hold. */
  @PostMapping(
      path = "/api/v1/privacy/holds/{id}/lift",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(
      summary = "Lift a legal hold",
      description = "Erasures that were approved meanwhile begin at once, if no other hold stands.")
  @ApiResponse(
      responseCode = "200",
      description = "Lifted",
      content = @Content(examples = @ExampleObject("{\"lifted\":true}")))
  @ApiResponse(responseCode = "404", description = "No such hold, or it was lifted")
  public Mono<Lifted> lift(
      @PathVariable("id") String id,
      @RequestBody Lifting lifting,
      @Parameter(hidden = true) Principal principal) {
    UUID hold = PrivacyInput.id(id);
    return OnVirtualThread.call(
        () -> {
          holds.lift(hold, lifting.reason(), principal);
          return new Lifted(true);
        });
  }

  /** Lists holds. */
  @GetMapping(path = "/api/v1/privacy/holds", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRIVACY)
  @Operation(summary = "List legal holds", description = "The 500 oldest that stand.")
  @ApiResponse(
      responseCode = "200",
      description = "Holds that stand",
      content = @Content(examples = @ExampleObject("{\"items\":[" + HOLD + "]}")))
  public Mono<HoldPage> holds() {
    return OnVirtualThread.call(() -> new HoldPage(holds.standing()));
  }

  /** What a source calls somebody. */
  public record Search(
      @Schema(example = "fabrikam") @Nullable String organization,
      @Schema(example = "ann@example.org") @Nullable String alias) {

    @Override
    public String toString() {
      return "Search[...]";
    }
  }

  /** Subjects. */
  public record SubjectPage(List<SubjectView> items) {}

  /** A subject and the kinds of aliases that led to it. */
  public record SubjectView(UUID subject, Set<String> by, boolean forgotten) {}

  /** What to search for, and from where. */
  public record MentionSearch(
      @Nullable String subject, @Nullable List<String> words, @Nullable Long from) {

    @Override
    public String toString() {
      return "MentionSearch[...]";
    }
  }

  /** What was found, and where to go on. */
  public record MentionPage(List<String> words, List<MentionView> items, @Nullable Long next) {}

  /** Text that names the person: its owner, its entry, its field. */
  public record MentionView(String owner, long index, String at) {}

  /** A hold to place; the reason does not name the person. */
  public record NewHold(@Nullable String subject, @Nullable String reason) {}

  /** Why a hold ends. */
  public record Lifting(@Nullable String reason) {}

  /** It does not stand any more. */
  public record Lifted(boolean lifted) {}

  /** Holds. */
  public record HoldPage(List<HoldView> items) {}
}
