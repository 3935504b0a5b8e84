package io.countersign.command.escalation;

import io.countersign.command.automation.IntentHandler.Outcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** Hands one message to the server, and says what its answer means. */
final class Smtp {

  /** A server that says "later" mostly means minutes: greylisting. */
  private static final Duration LATER = Duration.ofMinutes(1);

  /** Refusals of us, not of the message: somebody may set the password right. */
  private static final Set<Integer> OF_US = Set.of(530, 534, 535, 538);

  private static final int LONGEST = 300;

  private final MailSettings settings;
  private final Properties properties = new Properties();

  Smtp(MailSettings settings) {
    this.settings = settings;
    boolean tls = settings.security() == MailSettings.Security.TLS;
    String protocol = tls ? "smtps" : "smtp";
    boolean starttls = settings.security() == MailSettings.Security.STARTTLS;
    long timeout = settings.timeout().toMillis();
    properties.put("mail.transport.protocol", protocol);
    put(protocol, "auth", settings.user() != null);
    put(protocol, "auth.mechanisms", "PLAIN LOGIN");
    put(protocol, "starttls.enable", starttls);
    put(protocol, "starttls.required", starttls);
    put(protocol, "ssl.checkserveridentity", true);
    put(protocol, "connectiontimeout", timeout);
    put(protocol, "timeout", timeout);
    put(protocol, "writetimeout", timeout);
    put(protocol, "quitwait", false);
    Path trust = settings.trust();
    if (trust != null) {
      properties.put("mail." + protocol + ".ssl.socketFactory", trusting(trust));
    }
  }

  private void put(String protocol, String name, Object value) {
    properties.put("mail." + protocol + "." + name, String.valueOf(value));
  }

  /**
   * What the server answered.
   *
   * @param words its own, without line ends, cut
   */
  record Reply(Outcome outcome, String words) {}

  Session session() {
    return Session.getInstance(properties);
  }

  /** Sends, once. That it was taken holds even when saying good-bye fails. */
  Reply send(Session session, MailMessage message, @Nullable String password) {
    Transport transport = null;
    try {
      transport = session.getTransport();
      transport.connect(settings.host(), settings.port(), settings.user(), password);
      transport.sendMessage(message, message.getAllRecipients());
      return new Reply(
          Outcome.DONE,
          transport instanceof SMTPTransport smtp ? words(smtp.getLastServerResponse()) : "");
    } catch (MessagingException e) {
      return failed(e);
    } finally {
      close(transport);
    }
  }

  private static void close(@Nullable Transport transport) {
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (MessagingException _) {
      // it was taken, or not, before
    }
  }

  private static Reply failed(MessagingException failure) {
    for (Exception at = failure; at != null; at = next(at)) {
      int code = code(at);
      if (code > 0) {
        return new Reply(outcome(code), words(at.getMessage()));
      }
    }
    return new Reply(new Outcome.Again(unanswered(failure), null), words(deepest(failure)));
  }

  private static int code(Exception failure) {
    return switch (failure) {
      case SMTPAddressFailedException e -> e.getReturnCode();
      case SMTPSenderFailedException e -> e.getReturnCode();
      case SMTPSendFailedException e -> e.getReturnCode();
      default -> 0;
    };
  }

  private static Outcome outcome(int code) {
    String word = "smtp-" + code;
    if (code >= 500 && !OF_US.contains(code)) {
      return new Outcome.Hopeless(word);
    }
    return new Outcome.Again(word, code >= 400 && code < 500 ? LATER : null);
  }

  private static String unanswered(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return "smtp-not-authenticated";
    }
    for (Exception at = failure; at != null; at = next(at)) {
      if (at instanceof SSLException || at.getCause() instanceof SSLException) {
        return "smtp-tls";
      }
    }
    return String.valueOf(failure.getMessage()).contains("STARTTLS")
        ? "smtp-no-starttls"
        : "smtp-no-answer";
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException message ? message.getNextException() : null;
  }

  private static String deepest(Exception failure) {
    Exception last = failure;
    for (Exception at = failure; at != null; at = next(at)) {
      last = at;
    }
    String said = last.getMessage();
    return said == null ? last.getClass().getSimpleName() : said;
  }

  private static String words(@Nullable String said) {
    String line = MailText.oneLine(said == null ? "" : said);
    return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }

  private static SSLSocketFactory trusting(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(String.format(Locale.ROOT, "%d", number++), one);
      }
      if (number == 0) {
        throw new GeneralSecurityException("none");
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "countersign.escalation.mail.trust: no certificate can be read from " + file, e);
    }
  }
}
