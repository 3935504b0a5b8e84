package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.cli.CommandLineInterface;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsStartTest {

  @TempDir Path folder;

  @Test
  void servesHttpsWithACertificateOfItsOwnAndTheCliTrustsThatOneOnly() throws Exception {
    Path cert = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    writeSelfSigned(cert, key);
    Path data = folder.resolve("data");
    var settings = TestServer.settings(data);
    settings.put("countersign.tls.cert", cert.toString());
    settings.put("countersign.tls.key", key.toString());
    settings.put("countersign.roles", "query");
    try (var server = Server.start(settings)) {
      assertThat(server.url()).startsWith("https://127.0.0.1:");
      assertThat(cli("inbox", "list", "--data", data.toString())).doesNotContain("does not answer");
      Path otherCert = folder.resolve("other.pem");
      writeSelfSigned(otherCert, folder.resolve("other-key.pem"));
      assertThat(
              cli("inbox", "list", "--data", data.toString(), "--tls-trust", otherCert.toString()))
          .contains("does not answer");
    }
    assertThat(data.resolve("server.json")).doesNotExist();
  }

  private static String cli(String... arguments) {
    var err = new StringWriter();
    CommandLineInterface.run(
        new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    return err.toString();
  }

  private static void writeSelfSigned(Path cert, Path key)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    var name = new X500Name("CN=countersign test");
    Instant now = Instant.now();
    byte[] certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    Files.writeString(cert, pem("CERTIFICATE", certificate));
    Files.writeString(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), what);
  }
}
