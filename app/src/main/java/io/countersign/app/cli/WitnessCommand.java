package io.countersign.app.cli;

import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.FolderLock;
import io.countersign.audit.witness.Witness;
import io.countersign.audit.witness.WitnessKey;
import io.countersign.audit.witness.WitnessServer;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign witness}. */
@Command(
    name = "witness",
    description = {
      "Runs a witness: it cosigns the checkpoints of logs you know, and only what grew from what it"
          + " cosigned before. So nobody can show you another history than others, nor a shorter one,"
          + " without losing its cosignature. Any log that speaks C2SP tlog-witness can ask it.",
      "",
      "Run it where those whose log it is have no access, and keep its folder: with its key and"
          + " what it cosigned last, it is the memory of the witness. Give the operator of the log the"
          + " verifier key that it prints, and its address.",
      "",
      "It speaks plain HTTP; cosignatures vouch for themselves. Put TLS in front of it where others"
          + " should not see which logs it witnesses."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign witness --folder /var/lib/witness --name witness.example/ann --log log.vkey",
      "  countersign witness --folder /var/lib/witness --log log.vkey --listen 0.0.0.0:7380",
      "  countersign witness --folder /var/lib/witness --show-key"
    })
final class WitnessCommand implements Callable<Integer> {

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      required = true,
      description = "Folder of this witness: its key, and what it cosigned last.")
  private Path folder = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of the witness, a URL without https:// by custom. Needed at the first start, kept"
              + " from then on.")
  private @Nullable String name;

  @Option(
      names = "--log",
      paramLabel = "KEY|FILE",
      description = "Verifier key of a log, or a file with one in each line. May be repeated.")
  private List<String> logs = List.of();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "Where to listen; port 0 takes a free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "127.0.0.1:7380")
  private String listen = "";

  @Option(names = "--show-key", description = "Print the verifier key and end.")
  private boolean showKey;

  @Spec private @Nullable CommandSpec spec;

  WitnessCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var files = new DurableFolder(folder);
    try (FolderLock _ = lock(files)) {
      NoteSigner signer = signer(files);
      if (showKey) {
        out.println(signer.verifierKey());
        out.flush();
        return CommandLineInterface.DONE;
      }
      serve(out, new Witness(files, signer, keys()), signer);
    }
    return CommandLineInterface.DONE;
  }

  private void serve(PrintWriter out, Witness witness, NoteSigner signer)
      throws IOException, InterruptedException {
    // read once by the JDK's server when it is first used
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "200");
    InetSocketAddress address = address();
    var ended = new CountDownLatch(1);
    try (WitnessServer server = started(witness, address, out)) {
      out.println("vkey     " + signer.verifierKey());
      out.println("address  http://%s:%d".formatted(address.getHostString(), server.port()));
      out.flush();
      Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
      ended.await();
    }
  }

  private static WitnessServer started(
      Witness witness, InetSocketAddress address, PrintWriter out) {
    try {
      return WitnessServer.start(
          witness,
          address,
          line -> {
            out.println(Clock.systemUTC().instant() + " " + line);
            out.flush();
          });
    } catch (IOException e) {
      throw new CommandFailed("cannot listen on the address given with --listen", e);
    }
  }

  private static FolderLock lock(DurableFolder files) throws IOException {
    return files
        .tryLock()
        .orElseThrow(() -> new CommandFailed("another witness uses the folder " + files.folder()));
  }

  private NoteSigner signer(DurableFolder files) throws IOException {
    try {
      return WitnessKey.open(files, name, Clock.systemUTC());
    } catch (LogKeyException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private List<VerifierKey> keys() {
    var keys = new ArrayList<VerifierKey>();
    for (String log : logs) {
      Path file = Path.of(log);
      if (!Files.isRegularFile(file)) {
        keys.add(key(log));
        continue;
      }
      try {
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(line -> keys.add(key(line)));
      } catch (IOException e) {
        throw new CommandFailed("cannot read " + file, e);
      }
    }
    if (keys.isEmpty()) {
      throw usage("a witness needs to know a log: --log");
    }
    return keys;
  }

  private VerifierKey key(String text) {
    try {
      VerifierKey key = VerifierKey.parse(text);
      if (key.type() == SignatureType.COSIGNATURE_ED25519) {
        throw usage("--log names the key of a witness: it takes those of logs");
      }
      return key;
    } catch (NoteFormatException e) {
      throw usage("--log is neither a verifier key nor a file with some: " + e.reason().words());
    }
  }

  private InetSocketAddress address() {
    int colon = listen.lastIndexOf(':');
    String port = listen.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw usage("--listen is an address, a colon and a port, as 127.0.0.1:7380");
    }
    return new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(port));
  }

  private ParameterException usage(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}
