package io.countersign.audit.anchor;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.timestamp.TimeStampClient;
import io.countersign.audit.timestamp.TimeStampRefusedException;
import io.countersign.audit.timestamp.TimeStampVerifier;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;

/**
 * A time-stamping authority. The stamp is over the whole note, signatures included: a key that is
 * stolen later cannot have signed it.
 */
final class TimeStampAnchor implements Anchor {

  private final String name;
  private final BoundedHttp http;
  private final TimeStampClient client;

  TimeStampAnchor(String name, BoundedHttp http, URI authority, TimeStampVerifier verifier) {
    this.name = name;
    this.http = http;
    this.client = new TimeStampClient(http, authority, verifier, new SecureRandom());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AnchorKind kind() {
    return AnchorKind.RFC3161;
  }

  @Override
  public Evidence anchor(Checkpoint checkpoint, SignedNote note)
      throws IOException, InterruptedException, AnchorFailedException {
    byte[] stamped = note.bytes();
    try {
      byte[] response = client.stamp(stamped);
      return new Evidence(response, Map.of("tsr", response, "checkpoint", stamped));
    } catch (TimeStampRefusedException e) {
      throw new AnchorFailedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
