package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.escalation.MailSettings.Security;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer of a server means. */
class SmtpTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Smtp.Reply send(Function<String, @Nullable String> script) throws Exception {
    try (var server = new SmtpDouble(script)) {
      var smtp = new Smtp(settings(server.port(), "localhost", null, Security.NONE));
      var session = smtp.session();
      var from = new InternetAddress("countersign@example.com");
      var to = new InternetAddress("ann@example.com");
      var text = new MailText(null).of(SampleNotices.raised());
      return smtp.send(
          session,
          MailMessage.of(session, SampleNotices.raised(), from, to, text, SampleNotices.NOW),
          null);
    }
  }

  private static MailSettings settings(
      int port, String host, @Nullable Path passwordFile, Security security) {
    return new MailSettings(
        host,
        port,
        security,
        null,
        passwordFile == null ? null : "user",
        passwordFile,
        "countersign@example.com",
        null,
        Duration.ofMillis(500));
  }

  @Test
  void whatIsTakenIsTakenAndTheServersWordsAreKnown() throws Exception {
    assertThat(send(_ -> null)).isEqualTo(new Smtp.Reply(Outcome.DONE, "250 taken as 4711"));
    assertThat(send(line -> line.equals("QUIT") ? SmtpDouble.HANG_UP : null).outcome())
        .isEqualTo(Outcome.DONE);
  }

  @ParameterizedTest
  @CsvSource({"MAIL, 451", "RCPT, 450", "RCPT, 451", "DATA, 421", "., 452"})
  void laterIsTriedAgainNotBeforeAMinute(String command, int code) throws Exception {
    assertThat(send(line -> line.startsWith(command) ? code + " not now" : null).outcome())
        .isEqualTo(new Outcome.Again("smtp-" + code, MINUTE));
  }

  @ParameterizedTest
  @CsvSource({"MAIL, 553", "RCPT, 550", "RCPT, 551", "DATA, 554", "., 552"})
  void aRefusalIsNotTriedAgain(String command, int code) throws Exception {
    Smtp.Reply reply = send(line -> line.startsWith(command) ? code + " never" : null);

    assertThat(reply.outcome()).isEqualTo(new Outcome.Hopeless("smtp-" + code));
    assertThat(reply.words()).contains(code + " never");
  }

  @Test
  void aRefusalOfUsMayPass() throws Exception {
    assertThat(send(line -> line.startsWith("MAIL") ? "530 log in first" : null).outcome())
        .isEqualTo(new Outcome.Again("smtp-530", null));
  }

  @ParameterizedTest
  @CsvSource({"EHLO", "RCPT", "DATA", "."})
  void aServerThatHangsOrHangsUpIsWaitedForNoLongerThanTheTimeout(String command) throws Exception {
    var again = new Outcome.Again("smtp-no-answer", null);
    assertThat(send(line -> line.startsWith(command) ? SmtpDouble.SILENCE : null).outcome())
        .isEqualTo(again);
    if (!command.equals("EHLO")) {
      assertThat(send(line -> line.startsWith(command) ? SmtpDouble.HANG_UP : null).outcome())
          .isInstanceOf(Outcome.Again.class);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    var server = new SmtpDouble(_ -> null);
    server.close();
    var smtp = new Smtp(settings(server.port(), "127.0.0.1", null, Security.NONE));
    var session = smtp.session();
    var address = new InternetAddress("ann@example.com");
    var text = new MailText(null).of(SampleNotices.raised());
    var message =
        MailMessage.of(session, SampleNotices.raised(), address, address, text, SampleNotices.NOW);

    assertThat(smtp.send(session, message, null).outcome())
        .isEqualTo(new Outcome.Again("smtp-no-answer", null));
  }

  @Test
  void settingsThatWouldNotWorkOrShowThePasswordAreRefused() {
    Path file = Path.of("password");
    assertThatThrownBy(() -> settings(25, "mail.example.com", file, Security.NONE))
        .hasMessage(
            "countersign.escalation.mail.security: not none with a user: anybody in between could read the password");
    assertThat(settings(25, "localhost", file, Security.NONE).toString()).contains("password");
    assertThatThrownBy(() -> settings(0, "h", null, Security.TLS))
        .hasMessageContaining("mail.port");
    refused("two@example.com, from@example.com", null, "mail.from");
    refused(null, null, "mail.from");
    refused("a@example.com\r\nBcc: b@example.com", null, "mail.from");
    refused("a@example.com", "ftp://example.com", "mail.link");
  }

  private static void refused(@Nullable String from, @Nullable String link, String said) {
    assertThatThrownBy(
            () ->
                new MailSettings(
                    "host",
                    25,
                    Security.TLS,
                    null,
                    null,
                    null,
                    from,
                    link == null ? null : URI.create(link),
                    Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }
}
