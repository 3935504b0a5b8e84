package io.countersign.command.escalation;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/**
 * One message. Its id follows from the delivery, so the same notice sent again is the same message;
 * all messages of one episode of an escalation refer to one thread.
 */
final class MailMessage extends MimeMessage {

  private final String id;

  private MailMessage(Session session, String id) {
    super(session);
    this.id = id;
  }

  static MailMessage of(
      Session session,
      Notice notice,
      InternetAddress from,
      InternetAddress to,
      MailText.Written written,
      Instant now)
      throws MessagingException {
    String domain = MailAddress.domain(from);
    var message = new MailMessage(session, "<%s@%s>".formatted(notice.delivery(), domain));
    // nobody has this message: it is the root that mail programs gather the others under
    String thread = "<%s.%d@%s>".formatted(notice.escalation().value(), notice.episode(), domain);
    message.setFrom(from);
    message.setRecipient(RecipientType.TO, to);
    message.setSubject(written.subject(), StandardCharsets.UTF_8.name());
    message.setText(written.body(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(now));
    message.setHeader("In-Reply-To", thread);
    message.setHeader("References", thread);
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Auto-Response-Suppress", "All");
    message.setHeader("Countersign-Delivery", notice.delivery().toString());
    message.saveChanges();
    return message;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
