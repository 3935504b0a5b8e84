package io.countersign.eventlog.processing;

/**
 * A processor.
 *
 * @param name of the processor and of its processing group
 * @param segments how many run in parallel; as many worker threads; fixed at the first start
 * @param batchSize events of one transaction
 * @param start where it begins at first
 * @param sequencing what is handled in order
 */
public record ProcessorSettings(
    String name, int segments, int batchSize, Start start, Sequencing sequencing) {

  /** Events of one transaction, unless said otherwise. */
  public static final int BATCH = 256;

  /** A projection: from the first event, in order per aggregate. */
  public static ProcessorSettings projection(String name, int segments) {
    return new ProcessorSettings(name, segments, BATCH, Start.TAIL, Sequencing.PER_AGGREGATE);
  }

  /** An automation: from now on, in order per aggregate. */
  public static ProcessorSettings automation(String name, int segments) {
    return new ProcessorSettings(name, segments, BATCH, Start.HEAD, Sequencing.PER_AGGREGATE);
  }

  /** One that needs every event in the order of the log. */
  public static ProcessorSettings inOrder(String name, Start start) {
    return new ProcessorSettings(name, 1, BATCH, start, Sequencing.ALL);
  }
}
