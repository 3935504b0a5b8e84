package io.countersign.audit.anchor;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.timestamp.TimeStampVerifier;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.policy.PolicyFormatException;
import io.countersign.auditlog.policy.TrustPolicy;
import io.countersign.auditlog.tile.TileNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Makes anchors out of their settings; what cannot work is refused before anything starts. */
final class Anchors {

  /** A time-stamp with its certificates has some kilobytes, a list of cosignatures less. */
  private static final int MAX_ANSWER = 256 * 1024;

  private static final int TRIES = 3;

  private final PublishedLog published;
  private final InstantSource clock;

  Anchors(PublishedLog published, InstantSource clock) {
    this.published = published;
    this.clock = clock;
  }

  /**
   * The anchor that settings describe.
   *
   * @throws IllegalArgumentException when a file or address of theirs is not what it should be;
   *     names the anchor
   */
  Anchor of(AnchorSettings.One settings) {
    String name = Objects.requireNonNull(settings.name());
    try {
      return switch (Objects.requireNonNull(settings.kind())) {
        case RFC3161 ->
            new TimeStampAnchor(
                name,
                http(settings),
                Addresses.http(Objects.requireNonNull(settings.url())),
                verifier(Objects.requireNonNull(settings.trust())));
        case WITNESS ->
            new WitnessAnchor(
                name,
                policy(Objects.requireNonNull(settings.policy())),
                http(settings),
                this::path);
        case FILE -> new FileAnchor(name, Objects.requireNonNull(settings.file()), clock);
      };
    } catch (IllegalArgumentException e) {
      throw AnchorSettings.refused(name, "cannot be used: " + e.getMessage());
    }
  }

  private static BoundedHttp http(AnchorSettings.One settings) {
    return new BoundedHttp(settings.timeout(), MAX_ANSWER);
  }

  private static TimeStampVerifier verifier(Path pem) {
    try {
      return TimeStampVerifier.trusting(pem);
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException("the file " + pem + " holds no certificates as PEM", e);
    }
  }

  private static TrustPolicy policy(Path file) {
    try {
      return TrustPolicy.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("the policy " + file + " cannot be read", e);
    } catch (PolicyFormatException e) {
      throw new IllegalArgumentException("the policy " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Out of the published tiles, those of the newest tree: partial ones of an older are removed as
   * soon as they are full, perhaps while they are read.
   */
  private List<TreeHash> path(long from, long to) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        long size = Math.max(to, publishedSize());
        return new Tree(new TileNodes(published, size), to).consistencyFrom(from).path();
      } catch (IOException e) {
        if (tries == TRIES) {
          throw new IOException("the proof cannot be read from the published tiles", e);
        }
      }
    }
  }

  private long publishedSize() throws IOException {
    try {
      SignedNote note = published.checkpoint().orElse(null);
      return note == null ? 0 : Checkpoint.parse(note.text()).size();
    } catch (NoteFormatException e) {
      throw new IOException("the published checkpoint cannot be read", e);
    }
  }
}
