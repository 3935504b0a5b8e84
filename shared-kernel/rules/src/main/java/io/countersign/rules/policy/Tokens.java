package io.countersign.rules.policy;

import io.countersign.rules.yaml.Element;
import java.util.Map;
import java.util.regex.Pattern;

/** Names that end up in events and addresses. */
final class Tokens {

  private static final Pattern TOKEN = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private Tokens() {}

  static String required(Element owner, Map<String, Element> members, String key) {
    return owner.required(members, key).map(Tokens::token).orElse("");
  }

  static String token(Element element) {
    String text = element.text();
    if (!text.isBlank() && !TOKEN.matcher(text).matches()) {
      element.fault("a name of small letters, digits, _ and - is expected");
    }
    return text;
  }
}
