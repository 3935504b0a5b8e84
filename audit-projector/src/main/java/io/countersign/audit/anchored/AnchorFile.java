package io.countersign.audit.anchored;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of an anchor, by its name: {@code SIZE-NAME.checkpoint} is what was anchored, {@code
 * SIZE-NAME.tsr} a time-stamp over its bytes.
 *
 * @param name of the file
 * @param size of the checkpoint
 * @param kind {@code checkpoint} or {@code tsr}
 */
public record AnchorFile(String name, long size, String kind) {

  private static final Pattern NAME =
      Pattern.compile("(0|[1-9][0-9]{0,17})-[A-Za-z0-9][A-Za-z0-9._-]{0,100}\\.(checkpoint|tsr)");

  /** The anchor of a file name; empty where it is none. */
  public static Optional<AnchorFile> of(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(new AnchorFile(name, Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }

  /** Whether it is a time-stamp, and not what was stamped or cosigned. */
  public boolean isTimeStamp() {
    return kind.equals("tsr");
  }

  /** The file with what was stamped. */
  public String checkpoint() {
    return name.substring(0, name.length() - kind.length()) + "checkpoint";
  }
}
