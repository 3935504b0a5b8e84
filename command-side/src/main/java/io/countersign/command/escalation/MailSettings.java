package io.countersign.command.escalation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Escalations by e-mail, on nodes with the role command. Who gets them is in the routing matrix.
 *
 * @param host SMTP server; no mail is sent when absent
 * @param port of the server
 * @param security {@code starttls}: TLS after the greeting, or nothing is sent; {@code tls}: from
 *     the first byte (port 465); {@code none}: everybody in between can read along. The server's
 *     certificate has to be trusted and to name the host
 * @param trust PEM file with the certificates to trust; when absent, those Java trusts
 * @param user to authenticate as; nobody when absent
 * @param passwordFile file with the user's password, read each time mail is sent
 * @param from sender, for example {@code Countersign <countersign@example.com>}
 * @param link where people reach this program's API, for links in messages; none when absent
 * @param timeout until a connection, an answer or a write has to be there
 */
@ConfigurationProperties("countersign.escalation.mail")
public record MailSettings(
    @Nullable String host,
    @DefaultValue("587") int port,
    @DefaultValue("starttls") Security security,
    @Nullable Path trust,
    @Nullable String user,
    @Nullable Path passwordFile,
    @Nullable String from,
    @Nullable URI link,
    @DefaultValue("15s") Duration timeout) {

  private static final String NAME = "countersign.escalation.mail.";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  /** How the connection is protected. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** Checks that what belongs together is there together. */
  public MailSettings {
    if (port < 1 || port > 65_535) {
      throw wrong("port", "1 to 65535");
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw wrong("timeout", "1ms to 10m");
    }
    if (host != null) {
      checkFrom(from);
    }
    if ((user == null) != (passwordFile == null)) {
      throw wrong("password-file", "there with a user, and only then");
    }
    if (user != null
        && security == Security.NONE
        && !THIS_MACHINE.contains(String.valueOf(host).toLowerCase(Locale.ROOT))) {
      throw wrong("security", "not none with a user: anybody in between could read the password");
    }
    if (link != null && !Set.of("http", "https").contains(String.valueOf(link.getScheme()))) {
      throw wrong("link", "an http or https address is expected");
    }
  }

  private static void checkFrom(@Nullable String from) {
    try {
      MailAddress.named(from == null ? "" : from);
    } catch (IllegalArgumentException _) {
      throw wrong("from", "the sender's address is expected with a host");
    }
  }

  private static IllegalArgumentException wrong(String setting, String what) {
    return new IllegalArgumentException(NAME + setting + ": " + what);
  }
}
