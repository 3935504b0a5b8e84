package io.countersign.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code work-item attach}: a document is there. */
@Command(
    name = "attach",
    description = {
      "Attaches a document: its kind, where it lies, and its digest. With --file the digest is computed"
          + " here; the document itself is not sent anywhere."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign work-item attach workitem:fabrikam:4711 test_plan --file plan.md \\",
      "      --location https://docs.example.org/4711/plan.md"
    })
final class WorkItemAttach extends WorkItemCommand.Part {

  @Parameters(index = "1", paramLabel = "KIND", description = "As the policy names it: `next`.")
  private String kind = "";

  @Option(
      names = "--location",
      required = true,
      paramLabel = "WHERE",
      description = "Where it lies. Recorded, sealed.")
  private String location = "";

  @ArgGroup(multiplicity = "1")
  private Content content = new Content();

  /** What it is. */
  static final class Content {

    @Option(names = "--file", paramLabel = "FILE", description = "The document.")
    private @Nullable Path file;

    @Option(names = "--digest", paramLabel = "SHA-256", description = "Its digest.")
    private @Nullable String digest;

    Content() {}
  }

  WorkItemAttach() {}

  @Override
  int ask(ApiClient api) {
    return decide(
        api,
        "/documents",
        body().put("kind", kind).put("digest", digest()).put("location", location),
        "attached");
  }

  private String digest() {
    Path file = content.file;
    if (file == null) {
      return Objects.requireNonNullElse(content.digest, "");
    }
    try (var in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new CommandFailed("%s cannot be read".formatted(file), e);
    }
  }
}
