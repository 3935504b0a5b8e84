package io.countersign.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.publish.DurableFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessKeyTest {

  @TempDir private Path folder;

  @Test
  void nameAndKeyAreMadeOnceAndKept() throws Exception {
    var key = open("witness.example/w").verifierKey();
    assertThat(key.name()).isEqualTo("witness.example/w");
    assertThat(open(null).verifierKey()).isEqualTo(key);
    assertThat(open("witness.example/w").verifierKey()).isEqualTo(key);
    assertThat(folder.resolve("witness.vkey")).hasContent(key + "\n");
    refused("witness.example/other", "keeps it");
  }

  @Test
  void aNewWitnessNeedsAName() {
    refused(null, "--name");
    refused("two words", "--name");
  }

  @Test
  void aKeyThatIsGoneOrAnotherIsNotGoneOnWith() throws Exception {
    open("witness.example/w");
    Path key = folder.resolve("witness.key");
    Files.move(key, folder.resolve("away"));
    refused(null, "bring it back");
    assertThat(key).doesNotExist();
    open(folder.resolve("other"), "witness.example/w");
    Files.copy(folder.resolve("other/witness.key"), key, StandardCopyOption.REPLACE_EXISTING);
    refused(null, "not the one others know");
  }

  private io.countersign.auditlog.note.NoteSigner open(String name) throws Exception {
    return open(folder, name);
  }

  private static io.countersign.auditlog.note.NoteSigner open(Path where, String name)
      throws Exception {
    return WitnessKey.open(new DurableFolder(where), name, InstantSource.system());
  }

  private void refused(String name, String words) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(LogKeyException.class)
        .hasMessageContaining(words);
  }
}
