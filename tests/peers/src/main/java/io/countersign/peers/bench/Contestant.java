package io.countersign.peers.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Who takes part: how it is started, and the questions that show what it has made durable. Peers
 * answer after the commit of everything; ours answers after the commit of the inbox.
 */
enum Contestant {
  COUNTERSIGN(
      "countersign",
      "",
      """
      select d.event_id, max(pg_xact_commit_timestamp(e.xmin))
      from inbox.delivery d join eventlog.entry e on e.correlation_id = d.id::text
      where d.event_id is not null group by d.event_id""",
      """
      select d.event_id, max(pg_xact_commit_timestamp(w.xmin))
      from inbox.delivery d join rm_workitem_v1.work_item_delivery w on w.delivery = d.id::text
      where d.event_id is not null group by d.event_id""",
      "select count(*) from inbox.delivery",
      "select count(*) from rm_workitem_v1.work_item_delivery"),
  AXON_JPA(
      "axon + jpa",
      "io.countersign.peers.axonjpa.AxonJpaPeer",
      """
      select convert_from(payload, 'UTF8')::jsonb ->> 'notification',
        max(pg_xact_commit_timestamp(xmin))
      from domain_event_entry where payload_type like '%UpdateRecorded' group by 1""",
      "select notification, pg_xact_commit_timestamp(xmin) from work_item_update",
      "select count(*) from domain_event_entry where payload_type like '%UpdateRecorded'",
      "select count(*) from work_item_update"),
  OPERATON(
      "operaton",
      "io.countersign.peers.operaton.OperatonPeer",
      """
      select text_, pg_xact_commit_timestamp(xmin) from act_hi_detail
      where name_ = 'notification'""",
      "",
      "select count(*) from act_hi_detail where name_ = 'notification'",
      "select count(*) from act_hi_detail where name_ = 'notification'"),
  FLOWABLE(
      "flowable",
      "io.countersign.peers.flowable.FlowablePeer",
      """
      select text_, pg_xact_commit_timestamp(xmin) from act_hi_detail
      where name_ = 'notification'""",
      "",
      "select count(*) from act_hi_detail where name_ = 'notification'",
      "select count(*) from act_hi_detail where name_ = 'notification'");

  private static final List<String> PEER_FLAGS =
      List.of("-XX:+UseSerialGC", "-Xmx512m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError");

  private final String label;
  private final String mainClass;
  private final String durable;
  private final String visible;
  private final String received;
  private final String settled;

  Contestant(
      String label,
      String mainClass,
      String durable,
      String visible,
      String received,
      String settled) {
    this.label = label;
    this.mainClass = mainClass;
    this.durable = durable;
    this.visible = visible;
    this.received = received;
    this.settled = settled;
  }

  String label() {
    return label;
  }

  String database() {
    return "path_" + name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether the answer comes before the transition is durable. */
  boolean answersEarly() {
    return this == COUNTERSIGN;
  }

  /** SQL: notification, and when its transition was committed. */
  String durable() {
    return durable;
  }

  /** SQL: notification, and when a reader could see it; empty: at the same moment. */
  String visible() {
    return visible;
  }

  /** SQL: how many notifications were taken. */
  String received() {
    return received;
  }

  /** SQL: how many notifications readers can see. */
  String settled() {
    return settled;
  }

  /** The heap it is given, for the report. */
  String heap() {
    return this == COUNTERSIGN ? "its launcher's (-Xmx256m)" : "-Xmx512m";
  }

  /** The command that starts it. */
  List<String> command(Path root, Path data, int port, String url, String secret) {
    if (this == COUNTERSIGN) {
      return List.of(
          root.resolve("countersign").toString(),
          "serve",
          "--data",
          data.toString(),
          "--port",
          Integer.toString(port),
          "--database-url",
          url,
          "--database-user",
          "postgres",
          "--database-password-file",
          data.resolve("database.password").toString());
    }
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(PEER_FLAGS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            mainClass,
            "--server.port=" + port,
            "--peer.secret=" + secret,
            "--spring.datasource.url=" + url,
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=postgres"));
    return command;
  }
}
