package io.countersign.audit;

import java.util.List;

/** A part of the audit side with something to say that people should know. */
public interface AuditWarnings {

  /** One sentence each; mostly empty. Does not block. */
  List<String> warnings();
}
