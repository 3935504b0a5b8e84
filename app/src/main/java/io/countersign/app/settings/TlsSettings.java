package io.countersign.app.settings;

import io.countersign.app.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * TLS of the HTTP port. Both or none.
 *
 * @param cert PEM file with the certificate and those between it and the root
 * @param key PEM file with the certificate's private key, PKCS#8
 */
public record TlsSettings(@Nullable Path cert, @Nullable Path key) {

  /** Whether TLS is on. */
  public boolean enabled() {
    return cert != null && key != null;
  }

  /** Refuses half of a pair and files that cannot be read. */
  public void check() {
    if ((cert == null) != (key == null)) {
      throw new StartRefused("--tls-cert and --tls-key belong together: give both or none");
    }
    if (cert != null && key != null) {
      readable(cert, "BEGIN CERTIFICATE", "certificate (--tls-cert)");
      readable(key, "PRIVATE KEY", "private key (--tls-key)");
      checkPair(cert, key);
    }
  }

  private static void checkPair(Path cert, Path key) {
    try {
      PrivateKey secret =
          Objects.requireNonNull(PemContent.of(Files.readString(key))).getPrivateKey();
      var chain = Objects.requireNonNull(PemContent.of(Files.readString(cert))).getCertificates();
      if (chain.getFirst().getPublicKey() instanceof RSAKey open
          && secret instanceof RSAKey own
          && !open.getModulus().equals(own.getModulus())) {
        throw new StartRefused(
            "the private key in %s (--tls-key) is not the one of the first certificate in %s (--tls-cert)"
                .formatted(key, cert));
      }
    } catch (java.io.IOException | IllegalStateException | NullPointerException e) {
      throw new StartRefused(
          "cannot use %s with %s: a PEM certificate chain and its unencrypted private key (PKCS#8) are needed"
              .formatted(cert, key),
          e);
    }
  }

  private static void readable(Path file, String mark, String what) {
    try {
      if (!Files.readString(file).contains(mark)) {
        throw new StartRefused("%s holds no PEM %s".formatted(file, what));
      }
    } catch (java.io.IOException e) {
      throw new StartRefused("cannot read the %s file %s".formatted(what, file), e);
    }
  }
}
