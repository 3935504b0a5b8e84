package io.countersign.command.escalation;

import static io.countersign.command.escalation.SampleNotices.DELIVERY;
import static io.countersign.command.escalation.SampleNotices.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.escalation.Channel.Target;
import io.countersign.command.escalation.MailSettings.Security;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailChannelTest {

  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

  @BeforeEach
  void listen() throws Exception {
    Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    server.withConfiguration(GreenMailConfiguration.aConfig().withUser("countersign", PASSWORD));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static Routing routing() throws Exception {
    try (var in = MailChannelTest.class.getResourceAsStream("/escalation/routing.yaml")) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              + "mail: {security_team: [oncall@example.com], security_architect: [ann@example.com]}";
      return RoutingFile.read("routing.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private MailChannel channel(int port, Security security, Path trust, boolean authenticates)
      throws Exception {
    var settings =
        new MailSettings(
            "localhost",
            port,
            security,
            trust,
            authenticates ? "countersign" : null,
            authenticates ? folder.resolve("password") : null,
            "Zählwerk <countersign@example.com>",
            URI.create("https://countersign.example.com/"),
            Duration.ofSeconds(10));
    return new MailChannel(routing(), settings, () -> NOW);
  }

  private MailChannel plain() throws Exception {
    return channel(server.getSmtp().getPort(), Security.NONE, null, false);
  }

  private static Channel.Told tell(MailChannel channel, Notice notice) throws Exception {
    return channel.tell(notice, channel.targets(notice.team()).getFirst());
  }

  private static String header(MimeMessage message, String name) throws Exception {
    return message.getHeader(name, "|");
  }

  @Test
  void theSameNoticeIsTheSameMessageAndAllOfAnEscalationAreOneThread() throws Exception {
    assertThat(tell(plain(), SampleNotices.raised()).outcome()).isEqualTo(Outcome.DONE);
    assertThat(tell(plain(), SampleNotices.raised()).outcome()).isEqualTo(Outcome.DONE);
    Notice next = SampleNotices.about("transition-violated", "agile.transition", 2, new UUID(0, 2));
    assertThat(tell(plain(), next).outcome()).isEqualTo(Outcome.DONE);

    MimeMessage[] all = server.getReceivedMessages();
    assertThat(all).hasSize(3);
    String thread = "<2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11.1@example.com>";
    for (MimeMessage message : all) {
      assertThat(header(message, "References")).isEqualTo(thread);
      assertThat(header(message, "In-Reply-To")).isEqualTo(thread);
      assertThat(header(message, "Auto-Submitted")).isEqualTo("auto-generated");
    }
    assertThat(header(all[0], "Message-ID")).isEqualTo("<%s@example.com>".formatted(DELIVERY));
    assertThat(header(all[1], "Message-ID")).isEqualTo(header(all[0], "Message-ID"));
    assertThat(header(all[2], "Message-ID")).isNotEqualTo(header(all[0], "Message-ID"));
    assertThat(header(all[0], "Countersign-Delivery")).isEqualTo(DELIVERY.toString());
    assertThat(all[0].getSentDate()).isEqualTo(NOW);
  }

  @Test
  void itSaysWhatHappenedWhyToYouByWhenAndWhatToDo() throws Exception {
    tell(plain(), SampleNotices.about("transition-violated", "agile.transition", 2, DELIVERY));

    MimeMessage message = server.getReceivedMessages()[0];
    assertThat(message.getSubject())
        .isEqualTo(
            "[Countersign] HIGH: A change made in Azure DevOps broke a rule of its project (level 2 of 3)");
    assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Zählwerk");
    assertThat(header(message, "To")).isEqualTo("ann@example.com");
    assertThat(message.getContentType()).startsWith("text/plain").contains("UTF-8");
    assertThat((String) message.getContent())
        .contains("Work item   workitem:fabrikam:42")
        .contains("Rule        agile.transition")
        .contains("Since       Saturday 2026-11-21 20:00 UTC")
        .contains("Evidence    entries 4711, 4712")
        .contains("level 2 of 3, security_architect, because security_team did not answer in time")
        .contains("Could not be told: level 1 over mail/2: smtp-550.")
        .contains("Answer by Saturday 2026-11-21 21:00 UTC; then chief_security_officer is asked.")
        .contains("countersign escalation ack escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11")
        .contains(
            "https://countersign.example.com/api/v1/escalations/escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11")
        .contains("SHA-256 " + "ab".repeat(32));
  }

  @Test
  void nothingInANoticeCanAddAHeaderOrALineAndAllLettersArrive() throws Exception {
    String evil =
        "Prüfung ✓\r\nBcc: eve@example.com\r\n\r\n.\r\nMAIL FROM:<eve@example.com>\u2028x";
    tell(plain(), SampleNotices.about("odd " + evil, evil, 1, DELIVERY));

    MimeMessage[] all = server.getReceivedMessages();
    assertThat(all).hasSize(1);
    assertThat(all[0].getHeader("Bcc")).isNull();
    assertThat(all[0].getAllRecipients()).hasSize(1);
    assertThat(all[0].getSubject()).contains("Prüfung ✓ Bcc: eve@example.com . MAIL FROM");
    assertThat(((String) all[0].getContent()).lines())
        .anyMatch(line -> line.startsWith("Rule        Prüfung ✓ Bcc: eve"))
        .noneMatch(line -> line.startsWith("Bcc") || line.equals("."));
  }

  @Test
  void afterStarttlsItAuthenticatesAndSends() throws Exception {
    var certificate = TestCertificate.of("localhost", folder);
    try (var front = new StartTlsFront(certificate.context(), server.getSmtp().getPort())) {
      MailChannel channel = channel(front.port(), Security.STARTTLS, certificate.pem(), true);

      assertThat(tell(channel, SampleNotices.raised()).outcome()).isEqualTo(Outcome.DONE);
      assertThat(server.getReceivedMessages()).hasSize(1);

      Files.writeString(folder.resolve("password"), "wrong");
      Channel.Told refused = tell(channel, SampleNotices.raised());
      assertThat(refused.outcome()).isEqualTo(new Outcome.Again("smtp-not-authenticated", null));
      assertThat(refused.answer()).contains("535").doesNotContain("wrong");
      Files.delete(folder.resolve("password"));
      assertThat(tell(channel, SampleNotices.raised()).outcome())
          .isEqualTo(new Outcome.Again("mail-password-unreadable", null));
      assertThat(server.getReceivedMessages()).hasSize(1);
    }
  }

  @Test
  void nothingIsSentToAServerWithAnotherNameOrACertificateNobodyTrusts() throws Exception {
    var own = TestCertificate.of("localhost", folder);
    var other = TestCertificate.of("other.example", folder);
    int behind = server.getSmtp().getPort();
    try (var named = new StartTlsFront(other.context(), behind);
        var unknown = new StartTlsFront(own.context(), behind)) {
      assertThat(
              tell(
                      channel(named.port(), Security.STARTTLS, other.pem(), true),
                      SampleNotices.raised())
                  .outcome())
          .isEqualTo(new Outcome.Again("smtp-tls", null));
      assertThat(
              tell(channel(unknown.port(), Security.STARTTLS, null, true), SampleNotices.raised())
                  .outcome())
          .isEqualTo(new Outcome.Again("smtp-tls", null));
      assertThat(server.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void aServerWithoutStarttlsHearsNeitherThePasswordNorTheMessage() throws Exception {
    try (var without = new SmtpDouble(_ -> null)) {
      MailChannel channel = channel(without.port(), Security.STARTTLS, null, true);

      assertThat(tell(channel, SampleNotices.raised()).outcome())
          .isEqualTo(new Outcome.Again("smtp-no-starttls", null));
      assertThat(without.commands).noneMatch(line -> line.matches("(?i)(auth|mail|rcpt|data).*"));
    }
  }

  @Test
  void oneWhomTheMatrixNamesNoLongerIsNotTold() throws Exception {
    assertThat(plain().targets("devops_team")).isEmpty();
    Target gone = new Target("mail/1", "0000000000000000");
    assertThat(plain().tell(SampleNotices.raised(), gone).outcome())
        .isEqualTo(new Outcome.Hopeless("not-in-the-matrix"));
    assertThat(plain().targets("security_team").getFirst().toString()).doesNotContain("@");
  }
}
