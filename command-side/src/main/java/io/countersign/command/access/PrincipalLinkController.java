package io.countersign.command.access;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.Sought;
import io.countersign.kernel.access.LinkPrincipal;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.OrganizationId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Says which person stands behind a principal. Aliases are in bodies only. */
@RestController
@Tag(name = "Principals", description = "Who may authenticate, and as what.")
public class PrincipalLinkController {

  private static final int LONGEST_ALIAS = 320;

  private final OperatorCommands commands;
  private final IdentityDirectory directory;
  private final PrincipalNames principals;

  /** Commands to send, and where people and principals are found. */
  public PrincipalLinkController(
      OperatorCommands commands, IdentityDirectory directory, PrincipalNames principals) {
    this.commands = commands;
    this.directory = directory;
    this.principals = principals;
  }

  /** Links a principal to a person. */
  @PostMapping(
      path = "/api/v1/principals/{name}/person",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.MANAGE_PRINCIPALS)
  @Operation(
      summary = "Say which person a principal is",
      description =
          "By a mail address or descriptor that a source told; with the organization also by an id,"
              + " an account name or the name shown. All other aliases of that person lead to the"
              + " same one, so that nobody approves his own work under another name. Recorded.")
  @ApiResponse(
      responseCode = "200",
      description = "Linked, now or before",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"principal":"ann","person":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c"}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such principal, or nobody is known by that")
  @ApiResponse(responseCode = "409", description = "Several persons are known by that")
  public Mono<Linked> link(
      @Parameter(description = "Name of the principal", example = "ann") @PathVariable("name")
          String name,
      @RequestBody Alias alias,
      @Parameter(hidden = true) Principal principal) {
    String told = alias(alias.alias());
    OrganizationId organization = organization(alias.organization());
    return OnVirtualThread.call(
        () -> {
          if (principals.find(name).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no principal of this name");
          }
          Sought person = only(directory.find(organization, told));
          commands.send(new LinkPrincipal(name, person.subject()), principal);
          return new Linked(name, person.subject().value());
        });
  }

  private static Sought only(List<Sought> found) {
    List<Sought> known = found.stream().filter(one -> !one.forgotten()).toList();
    if (known.isEmpty()) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "nobody is known by that alias: a source has to tell of the person first");
    }
    if (known.size() > 1) {
      throw new ProblemException(
          ProblemType.CONFLICT, "several persons are known by that alias: name a stronger one");
    }
    return known.getFirst();
  }

  private static String alias(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST_ALIAS) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "/alias: 1 to " + LONGEST_ALIAS + " characters expected");
    }
    return text.strip();
  }

  private static @Nullable OrganizationId organization(@Nullable String id) {
    try {
      return id == null ? null : new OrganizationId(id);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "/organization: an organization expected");
    }
  }

  /**
   * Who is meant.
   *
   * @param alias what a source calls the person
   * @param organization where it was told; ids and names mean nothing without
   */
  public record Alias(
      @Schema(example = "ann@example.org") @Nullable String alias,
      @Schema(example = "fabrikam") @Nullable String organization) {

    /** Nothing of the person. */
    @Override
    public String toString() {
      return "Alias[" + organization + "]";
    }
  }

  /**
   * The answer.
   *
   * @param principal its name
   * @param person random id of the person
   */
  public record Linked(String principal, UUID person) {}
}
