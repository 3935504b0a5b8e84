package io.countersign.peers.axonjpa;

import io.countersign.peers.front.Change;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The command: record what a notification tells.
 *
 * @param workItem the aggregate
 * @param change what it tells
 */
record RecordUpdate(@TargetAggregateIdentifier String workItem, Change change) {}
