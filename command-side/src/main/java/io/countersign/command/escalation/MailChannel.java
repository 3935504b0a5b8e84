package io.countersign.command.escalation;

import io.countersign.command.automation.IntentHandler.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * E-mail to the addresses the routing matrix names for a team. Each recipient is a delivery of his
 * own: one who is refused, or greeted later, holds up nobody and has nobody told twice.
 */
final class MailChannel implements Channel {

  /** Its name in events, before a slash and the recipient's place in the matrix. */
  static final String NAME = "mail";

  private static final int REFERENCE_DIGITS = 16;

  private final Routing routing;
  private final MailSettings settings;
  private final Smtp smtp;
  private final MailText text;
  private final InternetAddress from;
  private final InstantSource clock;

  MailChannel(Routing routing, MailSettings settings, InstantSource clock) {
    this.routing = routing;
    this.settings = settings;
    this.smtp = new Smtp(settings);
    this.text = new MailText(settings.link());
    this.from = MailAddress.named(Objects.requireNonNull(settings.from()));
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Target> targets(String team) {
    List<String> addresses = routing.mailOf(team);
    return IntStream.range(0, addresses.size())
        .mapToObj(i -> new Target(NAME + "/" + (i + 1), reference(addresses.get(i))))
        .toList();
  }

  /** Which address it is, without saying it: what is kept of a delivery names nobody. */
  private static String reference(String address) {
    return ContextPacker.sha256(address).substring(0, REFERENCE_DIGITS);
  }

  @Override
  public Told tell(Notice notice, Target target) throws Exception {
    Optional<String> to =
        routing.mailOf(notice.team()).stream()
            .filter(address -> reference(address).equals(target.reference()))
            .findFirst();
    if (to.isEmpty()) {
      return told(
          new Outcome.Hopeless("not-in-the-matrix"), "the matrix does not name this address");
    }
    String password;
    try {
      password = password();
    } catch (IOException _) {
      return told(
          new Outcome.Again("mail-password-unreadable", null), "the password file is not readable");
    }
    return send(notice, to.get(), password);
  }

  private Told send(Notice notice, String to, @Nullable String password) throws MessagingException {
    Session session = smtp.session();
    var message =
        MailMessage.of(
            session, notice, from, new InternetAddress(to), text.of(notice), clock.instant());
    Smtp.Reply reply = smtp.send(session, message, password);
    return told(reply.outcome(), reply.words());
  }

  private static Told told(Outcome outcome, String words) {
    return new Told(outcome, words);
  }

  /** Read each time, so that it can be replaced while the program runs. */
  private @Nullable String password() throws IOException {
    Path file = settings.passwordFile();
    return file == null ? null : Files.readString(file).strip();
  }
}
