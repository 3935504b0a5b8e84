package io.countersign.app.cli;

import io.countersign.app.cli.VerifyOptions.Range;
import io.countersign.app.cli.VerifyOptions.RangeConverter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign audit bundle}: evidence to hand to somebody. */
@Command(
    name = "bundle",
    description = {
      "Writes a bundle of evidence (.zip): entries with payloads and metadata as stored, ciphertext"
          + " included, a proof each, the newest checkpoint, the proof that these are all sealed"
          + " entries of the aggregate where a head map shows it, which were erased and by which"
          + " entry, what anchors answered, and a README for those without this program.",
      "",
      "The same state of the log gives the same bytes. Check it with countersign audit verify."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign audit bundle --aggregate workitem:fabrikam:299 -o evidence.zip",
      "  countersign audit bundle --range 0..99 --since checkpoint-you-kept -o first.zip",
      "  countersign audit verify evidence.zip --vkey log.vkey"
    })
final class AuditBundle implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private @Nullable About about;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "A checkpoint you kept: the bundle shows that the log grew from it.")
  private @Nullable Path since;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where to write it.")
  private Path output = Path.of("");

  AuditBundle() {}

  /** Of what. */
  static final class About {

    @Option(
        names = "--aggregate",
        paramLabel = "ID",
        description = "All sealed entries of this aggregate.")
    private @Nullable String aggregate;

    @Option(
        names = "--range",
        paramLabel = "FROM..TO",
        converter = RangeConverter.class,
        description = "Entries FROM to TO, both included.")
    private @Nullable Range range;

    About() {}
  }

  @Override
  public Integer call() {
    About asked = Objects.requireNonNull(about);
    String query;
    if (asked.aggregate != null) {
      query = "?aggregate=" + ApiClient.escaped(asked.aggregate);
    } else if (asked.range != null) {
      query = "?from=%d&to=%d".formatted(asked.range.from(), asked.range.to());
    } else {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--aggregate or --range?");
    }
    byte[] older = since == null ? null : VerifyOptions.read(since);
    try (var api = server.connect()) {
      api.download("/api/v1/log/bundles" + query, older, output);
    }
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println("written   " + output);
    out.flush();
    return CommandLineInterface.DONE;
  }
}
