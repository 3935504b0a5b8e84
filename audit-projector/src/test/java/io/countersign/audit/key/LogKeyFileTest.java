package io.countersign.audit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeyFileTest {

  @TempDir private Path folder;

  @Test
  void aKeyIsReadAsItWasMadeAndOnlyByItsOwner() throws Exception {
    var file = new LogKeyFile(folder.resolve("audit/log.key"));
    assertThat(file.exists()).isFalse();
    KeyPair made = file.create();
    KeyPair read = file.read();
    assertThat(read.getPublic()).isEqualTo(made.getPublic());
    assertThat(read.getPrivate().getEncoded()).isEqualTo(made.getPrivate().getEncoded());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyIsNeverReplaced() throws Exception {
    var file = new LogKeyFile(folder.resolve("log.key"));
    file.create();
    byte[] before = Files.readAllBytes(file.path());
    assertThatThrownBy(file::create)
        .isInstanceOf(LogKeyException.class)
        .hasMessageContaining("not replaced");
    assertThat(file.path()).hasBinaryContent(before);
  }

  @Test
  void halvesOfTwoKeysAreRefused() throws Exception {
    var one = new LogKeyFile(folder.resolve("one"));
    var two = new LogKeyFile(folder.resolve("two"));
    one.create();
    two.create();
    String first = Files.readString(one.path());
    String second = Files.readString(two.path());
    Files.writeString(
        one.path(),
        first.substring(0, first.indexOf("-----BEGIN PUBLIC"))
            + second.substring(second.indexOf("-----BEGIN PUBLIC")));
    assertThatThrownBy(one::read)
        .isInstanceOf(LogKeyException.class)
        .hasMessageContaining("do not match");
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutQuotingIt() throws Exception {
    var file = new LogKeyFile(folder.resolve("log.key"));
    assertThatThrownBy(file::read)
        .isInstanceOf(LogKeyException.class)
        .hasMessageContaining("cannot be read");
    for (String text :
        new String[] {
          "",
          "c2VjcmV0",
          "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
          "-----BEGIN PRIVATE KEY-----\n????\n-----END PRIVATE KEY-----\n"
        }) {
      Files.writeString(file.path(), text);
      assertThatThrownBy(file::read)
          .isInstanceOf(LogKeyException.class)
          .hasNoCause()
          .hasMessageContaining("does not hold an Ed25519 key")
          .hasMessageNotContaining("c2VjcmV0");
    }
  }
}
