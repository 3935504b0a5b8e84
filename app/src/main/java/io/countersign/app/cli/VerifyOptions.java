package io.countersign.app.cli;

import io.countersign.audit.anchored.Outsiders;
import io.countersign.audit.timestamp.TimeStampVerifier;
import io.countersign.audit.verify.LogAudit.Options;
import io.countersign.auditlog.policy.PolicyFormatException;
import io.countersign.auditlog.policy.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much of a log is verified, and what it is held against. */
final class VerifyOptions {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})?");

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "A checkpoint of this log that you kept: the log must have grown from it.")
  private @Nullable Path since;

  @Option(
      names = "--since-last",
      paramLabel = "FILE",
      description =
          "Keep the checkpoint in this file when all is sound; next time verify that the log grew"
              + " from it, and only what came since.")
  private @Nullable Path sinceLast;

  @Option(
      names = "--range",
      paramLabel = "FROM..TO",
      converter = RangeConverter.class,
      description =
          "Only entries FROM to TO, both included; FROM.. for all from there on. What is published"
              + " is read in whole bundles of 256.")
  private @Nullable Range range;

  @Option(
      names = "--no-payloads",
      description = "With --database: do not read payloads and metadata.")
  private boolean noPayloads;

  @Option(
      names = "--tsa-trust",
      paramLabel = "FILE",
      description =
          "With a bundle or a folder: verify its time-stamps too, the 20 newest, trusting the"
              + " certificates of time-stamping authorities, or of those who vouch for them, in this"
              + " PEM file.")
  private @Nullable Path tsaTrust;

  @Option(
      names = "--witness-policy",
      paramLabel = "FILE",
      description =
          "Your own trust policy (C2SP tlog-policy): its quorum of witnesses must have cosigned the"
              + " checkpoint; with a bundle or a folder, at least an older one that was anchored.")
  private @Nullable Path witnessPolicy;

  VerifyOptions() {}

  /** Whom else the log is held against. */
  Outsiders outsiders() {
    return new Outsiders(authorities(), witnesses());
  }

  private @Nullable TimeStampVerifier authorities() {
    if (tsaTrust == null) {
      return null;
    }
    try {
      return TimeStampVerifier.trusting(tsaTrust);
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + tsaTrust, e);
    } catch (CertificateException e) {
      throw new CommandFailed("there are no certificates in PEM in " + tsaTrust, e);
    }
  }

  private @Nullable TrustPolicy witnesses() {
    if (witnessPolicy == null) {
      return null;
    }
    try {
      return TrustPolicy.parse(read(witnessPolicy));
    } catch (PolicyFormatException e) {
      throw new CommandFailed(
          "%s is no trust policy: %s".formatted(witnessPolicy, e.getMessage()), e);
    }
  }

  /** From where to where, the end not included. */
  record Range(long from, long to) {}

  /** Reads {@code FROM..TO}. */
  static final class RangeConverter implements ITypeConverter<Range> {

    @Override
    public Range convert(String value) {
      Matcher parts = RANGE.matcher(value);
      if (parts.matches()) {
        long from = Long.parseLong(parts.group(1));
        long to = parts.group(2) == null ? Long.MAX_VALUE : Long.parseLong(parts.group(2)) + 1;
        if (from < to) {
          return new Range(from, to);
        }
      }
      throw new TypeConversionException("a range looks like 100..199 or 100..");
    }
  }

  /** What the library takes. */
  Options read() {
    Path kept = since != null ? since : sinceLast;
    boolean known = since != null || (sinceLast != null && Files.exists(sinceLast));
    return new Options(
        known && kept != null ? read(kept) : null,
        since == null && known,
        range == null ? 0 : range.from(),
        range == null ? Long.MAX_VALUE : range.to(),
        !noPayloads);
  }

  /** Keeps the checkpoint that was found sound, in one step, when that was asked for. */
  void keep(byte[] checkpoint) {
    if (sinceLast == null || range != null) {
      return;
    }
    try {
      Path draft = sinceLast.resolveSibling(sinceLast.getFileName() + ".draft");
      Files.write(draft, checkpoint);
      Files.move(
          draft, sinceLast, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailed("the checkpoint cannot be kept in " + sinceLast, e);
    }
  }

  /** What these options leave out. */
  List<String> notChecked(Options options, boolean database) {
    var left = new ArrayList<String>();
    if (!database || noPayloads) {
      left.add(
          "payloads, metadata, and whether text can still be opened"
              + (database
                  ? " (--no-payloads)"
                  : ": they are not published, --database reads them"));
    }
    if (range != null) {
      left.add("entries outside the range, and tiles over others than these");
    } else if (options.onlyGrown()) {
      left.add("entries before the checkpoint that was kept: they were verified then");
    }
    if (tsaTrust == null) {
      left.add("who time-stamped it: --tsa-trust verifies that, for a folder or a bundle");
    }
    if (witnessPolicy == null) {
      left.add("who cosigned it: --witness-policy holds that against a policy of yours");
    }
    if (options.kept() == null) {
      left.add("whether the log only grew: no older checkpoint was given with --since");
    }
    return left;
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + file, e);
    }
  }
}
