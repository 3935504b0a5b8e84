package io.countersign.command.escalation;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Addresses of e-mail. Only plain ones: no comments, quotes, groups or routes, in which a second
 * recipient or header could hide; the domain may be international, what is before the @ may not.
 */
final class MailAddress {

  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");
  private static final int LONGEST = 254;

  private MailAddress() {}

  /**
   * An address as it goes over the wire.
   *
   * @throws IllegalArgumentException when it is none
   */
  static String checked(String text) {
    int at = text.lastIndexOf('@');
    String domain = at < 0 ? "" : IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
    String address = at < 0 ? text : text.substring(0, at + 1) + domain.toLowerCase(Locale.ROOT);
    if (address.length() > LONGEST || address.contains("..") || !PLAIN.matcher(address).matches()) {
      throw new IllegalArgumentException("not an address");
    }
    return address;
  }

  /**
   * An address with perhaps a name before it: {@code Countersign <countersign@example.com>}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static InternetAddress named(String text) {
    try {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("control characters in an address");
      }
      InternetAddress[] all = InternetAddress.parse(text, true);
      if (all.length != 1) {
        throw new IllegalArgumentException("not one address");
      }
      var address = new InternetAddress(checked(all[0].getAddress()));
      address.setPersonal(all[0].getPersonal(), StandardCharsets.UTF_8.name());
      return address;
    } catch (AddressException | UnsupportedEncodingException e) {
      throw new IllegalArgumentException("not an address", e);
    }
  }

  static String domain(InternetAddress address) {
    String text = address.getAddress();
    return text.substring(text.lastIndexOf('@') + 1);
  }
}
