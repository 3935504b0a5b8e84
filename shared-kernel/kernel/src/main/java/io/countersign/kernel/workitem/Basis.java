package io.countersign.kernel.workitem;

import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.Process;
import java.time.Instant;

/**
 * What a decision of ours stands on, looked up before the work item is asked: so it decides the
 * same whenever it is asked the same.
 *
 * @param process the process of the work item's project, whose transitions hold where no policy is
 *     attached
 * @param gates policies attached to the project
 * @param at the moment
 * @param by who asks or decides
 */
public record Basis(Process process, GateSettings gates, Instant at, Decider by) {}
