package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.time.Instant;

/** Something somebody said about a work item. */
record ItemComment(int id, int rev, SandboxPerson by, Instant at, String text) {}
