package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Site;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Who has no secret is told so before its body is read, and leaves nothing behind. */
final class Strangers {

  private static final int AT_ONCE = 30;
  private static final byte[] MEGABYTE = new byte[1 << 20];

  private Strangers() {}

  static List<String> findings(Site site) throws Exception {
    URI server = site.node(0).server().uri();
    long before = deliveries(site);
    Vitals calm = Vitals.of(site.node(0).server());
    List<String> findings = new ArrayList<>();
    List<RawConnection> open = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        var connection = new RawConnection(server);
        open.add(connection);
        statuses.add(threads.submit(() -> knock(connection)));
      }
      for (Future<Integer> status : statuses) {
        if (status.get() != 401) {
          findings.add("a stranger was answered " + status.get());
        }
      }
      // they still send, gigabytes if they may: what is read of it is not kept
      for (RawConnection connection : open) {
        threads.submit(
            () -> {
              for (int i = 0; i < 8; i++) {
                connection.send(MEGABYTE);
              }
              return null;
            });
      }
      Vitals meanwhile = Vitals.of(site.node(0).server());
      findings.addAll(
          new Vitals(meanwhile.heapBytes(), calm.files(), calm.connections(), meanwhile.heldBytes())
              .notBackTo(calm));
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
    if (deliveries(site) != before) {
      findings.add("a stranger's delivery was stored");
    }
    return findings;
  }

  /** Tells of ten gigabytes and sends nothing of them: the answer must not wait for them. */
  private static int knock(RawConnection connection) throws IOException {
    connection.send(
        "POST /webhooks/azure-devops HTTP/1.1\r\nHost: x\r\n"
            + RawConnection.basic("Zwiebelkuchen-wrong")
            + "\r\nContent-Length: 10000000000\r\n\r\n");
    return connection.answer().status();
  }

  private static long deliveries(Site site) throws Exception {
    return site.postgres().number(ExternalPostgres.NAME, "select count(*) from inbox.delivery");
  }
}
