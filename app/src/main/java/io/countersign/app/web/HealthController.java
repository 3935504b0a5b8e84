package io.countersign.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.app.database.Durability;
import io.countersign.audit.AuditWarnings;
import io.countersign.command.automation.IntentHealth;
import io.countersign.command.inbox.Inbox;
import io.countersign.command.reconciliation.ReconciliationHealth;
import io.countersign.eventlog.append.Halt;
import io.countersign.eventlog.append.HaltWatch;
import io.countersign.kernel.access.Open;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For those who start and route: is it alive, can it take work. */
@RestController
@Tag(name = "Health")
class HealthController {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final DataSource dataSource;
  private final Durability durability;
  private final ApplicationAvailability availability;
  private final ObjectProvider<Inbox> inbox;
  private final HaltWatch halts;
  private final ObjectProvider<AuditWarnings> audit;
  private final ObjectProvider<IntentHealth> intents;
  private final ObjectProvider<ReconciliationHealth> reconciliation;

  HealthController(
      DataSource dataSource,
      Durability durability,
      ApplicationAvailability availability,
      ObjectProvider<Inbox> inbox,
      HaltWatch halts,
      ObjectProvider<AuditWarnings> audit,
      ObjectProvider<IntentHealth> intents,
      ObjectProvider<ReconciliationHealth> reconciliation) {
    this.dataSource = dataSource;
    this.durability = durability;
    this.availability = availability;
    this.inbox = inbox;
    this.halts = halts;
    this.audit = audit;
    this.intents = intents;
    this.reconciliation = reconciliation;
  }

  /**
   * Whether the process works.
   *
   * @param status up or down
   */
  record Live(@Schema(example = "up") String status) {}

  /**
   * Whether it can take work.
   *
   * @param status up or down
   * @param checks each check with up or down; {@code log} is down while the log is halted, which
   *     leaves reading possible and needs somebody's decision
   * @param warnings what somebody should know although work is taken; mostly empty
   * @param expectedWaitSeconds how long a delivery taken now would wait for being handled, as far
   *     as is known; absent where no deliveries are taken. Says nothing about readiness: a node
   *     that is behind takes fewer deliveries by itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Ready(
      @Schema(example = "up") String status,
      @Schema(
              example =
                  "{\"database\":\"up\",\"schema\":\"up\",\"accepting\":\"up\",\"log\":\"up\"}")
          Map<String, String> checks,
      @Schema(example = "[]") List<String> warnings,
      @Schema(example = "0.2") @Nullable Double expectedWaitSeconds) {}

  @Open("probes have no token")
  @GetMapping("/health/live")
  @Operation(
      summary = "Is the process alive?",
      description =
          "Answers without the database; a process that does not answer is to be restarted.")
  @ApiResponse(responseCode = "200", description = "It is; restart it when this does not answer.")
  Live live() {
    return new Live("up");
  }

  @Open("probes have no token")
  @GetMapping("/health/ready")
  @Operation(
      summary = "Can it take work?",
      description =
          "The database answers and keeps what it acknowledges, its schemas are of this version, and requests are taken.")
  @ApiResponse(responseCode = "200", description = "Yes.")
  @ApiResponse(responseCode = "503", description = "No; the checks say why.")
  Mono<ResponseEntity<Ready>> ready() {
    return BlockingWork.mono(this::databaseAnswers)
        .timeout(PATIENCE)
        .onErrorReturn(false)
        .map(this::answer);
  }

  private ResponseEntity<Ready> answer(boolean database) {
    // the port opens only after the schemas were migrated: answering at all says that they are
    boolean accepting = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    var checks = new LinkedHashMap<String, String>();
    checks.put("database", word(database));
    checks.put("schema", word(true));
    checks.put("accepting", word(accepting));
    // what is there can still be read, and the decision comes by this port: so only its own check
    checks.put("log", word(halts.current().isEmpty()));
    boolean up = database && accepting;
    return ResponseEntity.status(up ? 200 : 503)
        .body(new Ready(word(up), checks, warnings(), expectedWait()));
  }

  private List<String> warnings() {
    var warnings = new ArrayList<>(durability.warnings());
    halts.current().map(HealthController::words).ifPresent(warnings::add);
    audit.orderedStream().map(AuditWarnings::warnings).forEach(warnings::addAll);
    intents.ifAvailable(here -> warnings.addAll(here.warnings()));
    reconciliation.ifAvailable(here -> warnings.addAll(here.warnings()));
    return warnings;
  }

  private static String words(Halt halt) {
    return "the log is halted, nothing is taken in (%s): %s".formatted(halt.reason(), halt.words());
  }

  private @Nullable Double expectedWait() {
    Inbox here = inbox.getIfAvailable();
    return here == null ? null : here.expectedWait().toMillis() / 1_000.0;
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }

  /**
   * Nobody listens any more when it comes after our patience: an exception would be logged then.
   */
  private boolean databaseAnswers() {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(2) && durability.holds(connection);
    } catch (SQLException e) {
      return false;
    }
  }
}
