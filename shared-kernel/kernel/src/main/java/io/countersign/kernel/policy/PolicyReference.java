package io.countersign.kernel.policy;

import java.util.regex.Pattern;

/**
 * One version of a policy. The digest is what counts: id and version are what people call it by.
 *
 * @param id for example {@code cmmi}
 * @param version as the policy says
 * @param sha256 of the policy's bytes, in lower case hexadecimal
 */
public record PolicyReference(String id, String version, String sha256) {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Whether a text has the form of a digest. */
  public static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** What people call it: {@code cmmi@1}. */
  public String label() {
    return id + "@" + version;
  }
}
