package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.audit.publish.PublishedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorSettingsTest {

  private static final Duration TIME = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @Test
  void eachKindNeedsWhatItNeeds() {
    refused(() -> one(null, "a", null, null), "the anchor a needs a kind");
    refused(() -> one(AnchorKind.FILE, "A b", null, null), "has a name of small letters");
    refused(() -> one(AnchorKind.FILE, null, null, null), "has a name of small letters");
    refused(() -> one(AnchorKind.FILE, "a", null, null), "the anchor a needs a file");
    refused(() -> one(AnchorKind.WITNESS, "a", null, null), "the anchor a needs a policy file");
    refused(() -> one(AnchorKind.RFC3161, "a", "http://x/", null), "needs a url and a trust file");
    var file = one(AnchorKind.FILE, "a", null, Path.of("x"));
    refused(() -> new AnchorSettings(List.of(file, file), 3), "the name a is there twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnchorSettings(List.of(), -1))
        .withMessage("countersign.audit.anchor-alarm: 0 or more");
    assertThat(new AnchorSettings(List.of(), 0).anchors()).isEmpty();
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingStarts() throws Exception {
    Path nothing = Files.writeString(folder.resolve("empty"), "");
    unusable(one(AnchorKind.RFC3161, "a", "http://x/", nothing), "holds no certificates as PEM");
    unusable(one(AnchorKind.RFC3161, "a", "http://x/", folder), "holds no certificates as PEM");
    unusable(one(AnchorKind.WITNESS, "a", null, folder.resolve("away")), "cannot be read");
    Path policy = Files.writeString(folder.resolve("policy"), "# nothing\nwitness\n");
    unusable(one(AnchorKind.WITNESS, "a", null, policy), "a word is missing, line 2");
    Files.writeString(policy, "quorum none\n");
    unusable(one(AnchorKind.WITNESS, "a", null, policy), "too few for its quorum");
  }

  @Test
  void anAddressIsOneOfHttpWithoutASecretInIt() {
    assertThat(Addresses.http("https://tsa.example/x")).hasHost("tsa.example");
    for (String bad : List.of("ftp://x/", "x", "http:", "http://ann:secret@x/", "http://[")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Addresses.http(bad))
          .withMessageContaining("http://host/path")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
  }

  private void unusable(AnchorSettings.One one, String words) {
    refused(() -> new Anchors(new PublishedLog(folder), InstantSource.system()).of(one), words);
  }

  /** Trust, policy and file of an anchor are the same file here: each kind looks at its own. */
  private static AnchorSettings.One one(AnchorKind kind, String name, String url, Path file) {
    return new AnchorSettings.One(kind, name, TIME, TIME, url, file, file, file);
  }

  private static void refused(Runnable made, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(made::run)
        .withMessageStartingWith("countersign.audit.anchors: ")
        .withMessageContaining(words);
  }
}
