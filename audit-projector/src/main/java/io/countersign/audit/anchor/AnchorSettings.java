package io.countersign.audit.anchor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Anchors of the audit log, on nodes with the role audit.
 *
 * @param anchors a list: others who vouch for checkpoints, none unless some are named here. Each
 *     has a {@code kind} ({@code rfc3161}, {@code witness} or {@code file}), a {@code name} (small
 *     letters, digits and dashes), and may have an {@code interval} (10m) and a {@code timeout}
 *     (10s). {@code rfc3161} needs the {@code url} of a time-stamping authority and in {@code
 *     trust} a PEM file with certificates to trust; {@code witness} needs in {@code policy} a trust
 *     policy file; {@code file} needs in {@code file} where to add lines
 * @param anchorAlarm an anchor that fails while entries have waited for it for so many of its
 *     intervals is an entry of its own, and raises an escalation; 0: never
 */
@ConfigurationProperties("countersign.audit")
public record AnchorSettings(@DefaultValue List<One> anchors, @DefaultValue("3") int anchorAlarm) {

  /** Checks that names are told apart. */
  public AnchorSettings {
    anchors = List.copyOf(anchors);
    if (anchorAlarm < 0) {
      throw new IllegalArgumentException("countersign.audit.anchor-alarm: 0 or more");
    }
    var names = new HashSet<String>();
    for (One one : anchors) {
      if (!names.add(one.name())) {
        throw new IllegalArgumentException(
            "countersign.audit.anchors: the name %s is there twice".formatted(one.name()));
      }
    }
  }

  /**
   * One anchor.
   *
   * @param kind what it is
   * @param name in entries, file names and metrics; it should never change
   * @param interval how often at most it is asked, and only when the log grew
   * @param timeout until an answer has to be there
   * @param url of a time-stamping authority
   * @param trust PEM file with the certificates that vouch for the authority
   * @param policy trust policy (C2SP tlog-policy) with the witnesses' addresses and the quorum
   * @param file where to add lines
   */
  public record One(
      @Nullable AnchorKind kind,
      @Nullable String name,
      @DefaultValue("10m") Duration interval,
      @DefaultValue("10s") Duration timeout,
      @Nullable String url,
      @Nullable Path trust,
      @Nullable Path policy,
      @Nullable Path file) {

    /** Checks that each kind has what it needs. */
    public One {
      if (name == null || !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
        throw new IllegalArgumentException(
            "countersign.audit.anchors: an anchor has a name of small letters, digits and dashes");
      }
      if (kind == null) {
        throw refused(name, "needs a kind: rfc3161, witness or file");
      }
      boolean whole =
          switch (kind) {
            case RFC3161 -> url != null && trust != null;
            case WITNESS -> policy != null;
            case FILE -> file != null;
          };
      if (!whole) {
        throw refused(
            name,
            switch (kind) {
              case RFC3161 -> "needs a url and a trust file";
              case WITNESS -> "needs a policy file";
              case FILE -> "needs a file";
            });
      }
      if (!interval.isPositive() || !timeout.isPositive()) {
        throw refused(name, "has an interval or timeout of nothing");
      }
    }
  }

  static IllegalArgumentException refused(String anchor, String why) {
    return new IllegalArgumentException(
        "countersign.audit.anchors: the anchor %s %s".formatted(anchor, why));
  }
}
