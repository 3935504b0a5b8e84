package io.countersign.audit.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.publish.Epochs.Epoch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochsTest {

  @TempDir private Path folder;

  private Epochs epochs;

  @BeforeEach
  void open() {
    epochs = new Epochs(folder.resolve("log"), "example.com/log");
  }

  @Test
  void theFirstHasTheOriginAsItIsAndNeedsNoFolder() throws Exception {
    assertThat(epochs.current()).isEqualTo(new Epoch(1, "example.com/log", folder.resolve("log")));
    assertThat(new Epochs(folder.resolve("none/log"), "example.com/log").current().number())
        .isOne();
    assertThat(epochs.next(List.of()))
        .isEqualTo(new Epoch(2, "example.com/log/2", folder.resolve("log-2")));
  }

  @Test
  void theCurrentOneIsTheLastThatWasDecidedOnWhateverIsGoneBefore() throws Exception {
    decided("log-2");
    decided("log-10");
    Files.createDirectory(folder.resolve("log-11"));
    Files.createDirectory(folder.resolve("log-x"));
    assertThat(epochs.current().number()).isEqualTo(10);
    assertThat(epochs.next(List.of()).number()).as("no folder is used twice").isEqualTo(12);
  }

  @Test
  void anOriginThatOnlyTheLogKnowsIsNotUsedAgain() throws Exception {
    List<String> recorded =
        List.of(
            "example.com/log", "example.com/log/5", "example.com/log/05", "example.com/other/9");
    assertThat(epochs.newest(recorded).number()).isEqualTo(5);
    assertThat(epochs.next(recorded).number()).isEqualTo(6);
  }

  private void decided(String name) throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve(name)).resolve(Epochs.RESTART), "decided");
  }
}
