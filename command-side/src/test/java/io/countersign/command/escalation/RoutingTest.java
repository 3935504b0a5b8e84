package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Plan;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

  private static final Calendar BERLIN =
      new Calendar.Business(
          ZoneId.of("Europe/Berlin"),
          Set.of(
              DayOfWeek.MONDAY,
              DayOfWeek.TUESDAY,
              DayOfWeek.WEDNESDAY,
              DayOfWeek.THURSDAY,
              DayOfWeek.FRIDAY),
          LocalTime.of(9, 0),
          LocalTime.of(17, 0),
          Set.of(LocalDate.of(2026, 12, 25)));

  private static String builtIn() throws Exception {
    try (var in = RoutingTest.class.getResourceAsStream("/escalation/routing.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Routing read(String text) {
    return RoutingFile.read("routing.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    // within a day; into the next; over a weekend; over a holiday and a weekend; from before hours
    "2026-11-23T09:00:00Z, PT4H, 2026-11-23T13:00:00Z",
    "2026-11-23T15:00:00Z, PT4H, 2026-11-24T11:00:00Z",
    "2026-11-27T15:30:00Z, PT1H, 2026-11-30T08:30:00Z",
    "2026-12-24T15:30:00Z, PT1H, 2026-12-28T08:30:00Z",
    "2026-11-23T03:00:00Z, PT1H, 2026-11-23T09:00:00Z",
    "2026-11-23T15:00:00Z, PT1H, 2026-11-23T16:00:00Z",
    // the clocks of Berlin go forward on Sunday 2027-03-28
    "2027-03-26T15:30:00Z, PT1H, 2027-03-29T07:30:00Z"
  })
  void workingTimePassesInWorkingHours(Instant start, Duration time, Instant end) {
    assertThat(BERLIN.after(start, time)).isEqualTo(end);
  }

  @Test
  void theBuiltInMatrixHasTheTeamsAndTimesOfTheDocuments() {
    Routing routing = RoutingFile.builtIn();
    Instant start = Instant.parse("2026-11-21T22:00:00Z"); // a Saturday

    Plan security = routing.plan(Category.SECURITY, start);

    assertThat(security.steps())
        .extracting(Plan.Step::team)
        .containsExactly("security_team", "security_architect", "chief_security_officer");
    assertThat(security.step(2).from()).isEqualTo(start.plus(Duration.ofMinutes(30)));
    assertThat(security.step(3).from()).isEqualTo(start.plus(Duration.ofMinutes(60)));
    assertThat(routing.plan(Category.COMPLIANCE, start).step(2).from())
        .isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(routing.routes().get(Category.TECHNICAL).sla()).isEqualTo(Duration.ofHours(2));
    assertThat(routing.routes().get(Category.OPERATIONAL).sla()).isEqualTo(Duration.ofHours(4));
    assertThat(routing.routes().get(Category.BUSINESS).sla()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sla: 30m|sla: soon|routing.yaml:26:10: a time like 30m, 2h or 1d is expected here",
        "sla: 30m|slo: 30m|routing.yaml:26:10: 'slo' means nothing here; there are levels, sla, calendar",
        "zone: UTC|zone: Mars/Base|routing.yaml:6:11: a time zone like Europe/Berlin is expected here",
        "monday, |funday, |routing.yaml:7:12: a day of the week is expected here",
        "[security_team, |[|routing.yaml:25:13: there are three levels, each with a team",
        "security:|safety:|unknown category 'safety'",
        "version: 1|version: [|routing.yaml:",
      })
  void whatIsWrongInAMatrixIsNamedWithItsPlace(String right, String wrong, String said)
      throws Exception {
    String text = builtIn();
    assertThat(text).contains(right);

    assertThatThrownBy(() -> read(text.replace(right, wrong)))
        .isInstanceOf(RoutingException.class)
        .hasMessageContaining(said);
  }

  @Test
  void teamsHaveAddressesAndInternationalDomainsAreAsTheyGoOverTheWire() throws Exception {
    Routing routing =
        read(
            builtIn()
                + "mail: {security_team: [oncall@example.com, Ann@Bücher.example], cto_office: [cto@example.com]}");

    assertThat(routing.mailOf("security_team"))
        .containsExactly("oncall@example.com", "Ann@xn--bcher-kva.example");
    assertThat(routing.mailOf("cto_office")).containsExactly("cto@example.com");
    assertThat(routing.mailOf("devops_team")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{sekurity_team: [a@example.com]}|34:19: no level of any category asks 'sekurity_team'",
        "{security_team: []}|34:19: 1 to 50 addresses are expected here",
        "{security_team: a@example.com}|34:19: a list is expected here",
        "{security_team: [a@example.com, a@example.com]}|34:35: this address is here twice",
        "{security_team: [oncall]}|34:20: an address like oncall@example.com is expected here",
        "{security_team: ['a@example.com, b@example.com']}|34:20: an address like",
        "{security_team: ['a@example.com>', b@example.com]}|34:20: an address like",
        "{security_team: ['Ann <a@example.com>']}|34:20: an address like",
        "{security_team: [\"a@example.com\\r\\nRCPT TO:<b@example.com>\"]}|34:20: an address like",
        "{security_team: [ünn@example.com]}|34:20: an address like",
      })
  void whatIsWrongWithAnAddressIsNamedWithItsPlace(String mail, String said) throws Exception {
    String text = builtIn() + "\nmail:\n  " + mail + "\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RoutingException.class)
        .hasMessageContaining(said);
  }

  @Test
  void anotherMatrixHasAnotherDigest() throws Exception {
    assertThat(read(builtIn()).sha256()).isNotEqualTo(read(builtIn() + "\n").sha256());
  }
}
