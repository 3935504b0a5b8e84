package io.countersign.app.access;

import io.countersign.app.web.BlockingWork;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Principals over HTTP. */
@RestController
@RequestMapping("/api/v1/principals")
@Tag(name = "Principals", description = "Who may authenticate, and as what.")
class PrincipalController {

  private final PrincipalStore store;
  private final InstantSource clock;

  PrincipalController(PrincipalStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A principal, without its token. */
  record PrincipalView(
      @Schema(example = "ci") String name,
      @Schema(example = "[\"agent\"]") List<String> roles,
      @Schema(
              example = "active",
              allowableValues = {"active", "expired", "revoked"})
          String state,
      Instant createdAt,
      @Schema(example = "principal:operator") String createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /** All principals. */
  record Principals(List<PrincipalView> items) {}

  /** A principal to add. */
  record AddPrincipal(
      @Schema(example = "ci") @Nullable String name,
      @Schema(example = "[\"agent\"]") @Nullable List<String> roles,
      @Schema(example = "90d", description = "A date, a time or a number of days; absent: never.")
          @Nullable String expires) {}

  /** A principal that was added, with its token. */
  record AddedPrincipal(
      String name,
      List<String> roles,
      @Nullable Instant expiresAt,
      @Schema(description = "Shown here and never again.") String token) {

    @Override
    public String toString() {
      return "AddedPrincipal[" + name + "]";
    }
  }

  @RequiresPermission(Permission.MANAGE_PRINCIPALS)
  @GetMapping
  @Operation(summary = "List principals", description = "All, the revoked ones too.")
  @ApiResponse(responseCode = "200", description = "The principals by name.")
  Mono<Principals> list() {
    return BlockingWork.mono(
        () -> {
          Instant now = clock.instant();
          return new Principals(store.list().stream().map(row -> view(row, now)).toList());
        });
  }

  @RequiresPermission(Permission.MANAGE_PRINCIPALS)
  @PostMapping
  @Operation(
      summary = "Add a principal",
      description = "The answer holds its token, which is stored hashed and never shown again.")
  @ApiResponse(responseCode = "201", description = "Added.")
  @ApiResponse(responseCode = "409", description = "The name was given before.")
  Mono<ResponseEntity<AddedPrincipal>> add(Principal principal, @RequestBody AddPrincipal request) {
    NewPrincipal wanted = wanted(request);
    return BlockingWork.mono(
        () -> {
          String token =
              store
                  .add(wanted, principal.actor().ref())
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              ProblemType.CONFLICT,
                              "A principal of this name exists or existed; names are not given"
                                  + " twice."));
          return ResponseEntity.status(HttpStatus.CREATED)
              .body(
                  new AddedPrincipal(
                      wanted.name(),
                      wanted.roles().stream().map(Role::word).sorted().toList(),
                      wanted.expiresAt().orElse(null),
                      token));
        });
  }

  @RequiresPermission(Permission.MANAGE_PRINCIPALS)
  @DeleteMapping("/{name}")
  @Operation(
      summary = "Revoke a principal",
      description = "Its token is refused within three seconds, on every node.")
  @ApiResponse(responseCode = "204", description = "Revoked, now or before.")
  @ApiResponse(responseCode = "404", description = "There is no such principal.")
  Mono<ResponseEntity<Void>> revoke(@Parameter(example = "ci") @PathVariable String name) {
    return BlockingWork.mono(
        () -> {
          if (!store.revoke(name)) {
            throw new ProblemException(
                ProblemType.NOT_FOUND, "There is no principal of this name.");
          }
          return ResponseEntity.noContent().build();
        });
  }

  private NewPrincipal wanted(AddPrincipal request) {
    try {
      return new NewPrincipal(
          Optional.ofNullable(request.name()).orElse(""),
          Optional.ofNullable(request.roles()).orElse(List.of()).stream()
              .map(Role::of)
              .collect(Collectors.toSet()),
          Optional.ofNullable(request.expires()).map(text -> Expiry.parse(text, clock.instant())));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static PrincipalView view(PrincipalRow row, Instant now) {
    return new PrincipalView(
        row.name(),
        row.roles().stream().map(Role::word).sorted().toList(),
        row.stateAt(now),
        row.createdAt(),
        row.createdBy(),
        row.expiresAt(),
        row.revokedAt());
  }
}
