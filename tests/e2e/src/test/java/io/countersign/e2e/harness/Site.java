package io.countersign.e2e.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One external PostgreSQL and the nodes on it. The nodes share secrets, and each has a name of its
 * own by {@code countersign.query.node}, so that one that was killed has its projections again as
 * soon as it is back.
 */
public final class Site implements AutoCloseable {

  private final Path scratch;
  private final ExternalPostgres postgres;
  private final Line line;
  private final List<Node> nodes = new ArrayList<>();
  private final SealWatch seals;
  private int commands;

  private Site(Path scratch, ExternalPostgres postgres, Line line) {
    this.scratch = scratch;
    this.postgres = postgres;
    this.line = line;
    this.seals = SealWatch.on(published(), scratch.resolve("first.checkpoint"));
  }

  /** How nodes reach PostgreSQL. */
  public interface Line {

    /**
     * Where a node connects to, on 127.0.0.1.
     *
     * @param node number of it, from 0
     * @param postgres port of the server
     */
    int port(int node, int postgres) throws IOException;

    /** What is added to the URL of a node, for example {@code ?socketTimeout=5}. */
    default String parameters() {
      return "";
    }
  }

  /** Nothing in between. */
  public static final Line DIRECT = (_, postgres) -> postgres;

  /** Starts PostgreSQL and so many nodes, one after the other. */
  public static Site start(Path scratch, int nodes) throws Exception {
    return start(scratch, nodes, Map.of());
  }

  /**
   * Starts PostgreSQL and so many nodes, one after the other.
   *
   * @param scratch an empty directory
   * @param settings further settings of every node, by their whole names
   */
  public static Site start(Path scratch, int nodes, Map<String, String> settings) throws Exception {
    return start(scratch, nodes, settings, DIRECT);
  }

  /** The same with something between the nodes and PostgreSQL. */
  public static Site start(Path scratch, int nodes, Map<String, String> settings, Line line)
      throws Exception {
    Files.createDirectories(scratch);
    var site = new Site(scratch, ExternalPostgres.start(scratch.resolve("postgres")), line);
    try {
      for (int i = 0; i < nodes; i++) {
        site.add("node-" + (char) ('a' + i), settings).start();
      }
      return site;
    } catch (Exception | Error e) {
      site.close();
      throw e;
    }
  }

  /** The database server. */
  public ExternalPostgres postgres() {
    return postgres;
  }

  /** All nodes, whether they run or not. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** The first node is number 0. */
  public Node node(int number) {
    return nodes.get(number);
  }

  /** Where the nodes listen. */
  public List<URI> uris() {
    return nodes.stream().map(node -> node.server().uri()).toList();
  }

  /** Password of the webhook, the same on all nodes. */
  public String secret() throws IOException {
    return node(0).server().secret();
  }

  /** Token of the operator, good on all nodes. */
  public String token() throws IOException {
    return node(0).server().token();
  }

  /** For ledgers and notes. */
  public Path scratch() {
    return scratch;
  }

  /** A name in {@link #scratch} that nothing has yet. */
  Path newDirectory(String name) {
    return scratch.resolve(name + "-" + ++commands);
  }

  /** Runs a command of the program on this site's database, for example {@code log verify}. */
  public Program.Finished run(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(database(ExternalPostgres.NAME));
    return Program.unpacked()
        .run(scratch.resolve("command-%d.txt".formatted(++commands)), all.toArray(String[]::new));
  }

  /** The options that name a database of this site. */
  List<String> database(String name) throws IOException {
    return databaseAt(postgres.url(name));
  }

  private List<String> databaseAt(String url) throws IOException {
    Path password = scratch.resolve("database.password");
    Files.writeString(password, ExternalPostgres.NAME);
    return List.of(
        "--database-url",
        url,
        "--database-user",
        ExternalPostgres.NAME,
        "--database-password-file",
        password.toString());
  }

  /** A node that is not started yet. */
  private Node add(String name, Map<String, String> settings) throws IOException {
    var all =
        new TreeMap<>(
            Map.of(
                "countersign.query.node", name,
                "countersign.audit.folder", published().toString(),
                "countersign.audit.key-file", scratch.resolve("audit/log.key").toString()));
    all.putAll(settings);
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s%s"
            .formatted(
                line.port(nodes.size(), postgres.port()), ExternalPostgres.NAME, line.parameters());
    var options = new ArrayList<>(databaseAt(url));
    options.addAll(List.of("--config", properties(name, all).toString()));
    var node = new Node(name, scratch, options);
    if (!nodes.isEmpty()) {
      copySecrets(node.data());
    }
    nodes.add(node);
    return node;
  }

  /** Where the nodes seal: one does, and all of them read what was signed. */
  public Path published() {
    return scratch.resolve("audit/log");
  }

  /** Who looks at it from outside, all the time. */
  public SealWatch seals() {
    return seals;
  }

  private Path properties(String name, Map<String, String> settings) throws IOException {
    var lines = settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return Files.write(scratch.resolve(name + ".properties"), lines);
  }

  /** As an operator copies them before a further node is started. */
  void copySecrets(Path data) throws IOException {
    Files.createDirectories(data);
    for (String file : List.of("master.key", "webhook.secret", "operator.token")) {
      Files.copy(node(0).data().resolve(file), data.resolve(file));
    }
  }

  /**
   * Ends every node with SIGTERM.
   *
   * @throws AssertionError when one does not end in order
   */
  public void stop() throws Exception {
    for (Node node : nodes) {
      int exit = node.server().terminate();
      if (exit != 0) {
        throw new AssertionError(
            "%s: exit code %d after SIGTERM%n%s"
                .formatted(node.name(), exit, node.server().output()));
      }
    }
  }

  /** Stops everything; the files stay. */
  @Override
  public void close() throws IOException {
    seals.close();
    nodes.forEach(Node::close);
    postgres.close();
  }
}
