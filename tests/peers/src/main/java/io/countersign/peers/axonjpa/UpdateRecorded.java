package io.countersign.peers.axonjpa;

/**
 * An update of a work item.
 *
 * @param workItem the aggregate
 * @param update its number
 * @param notification the notification that told it
 * @param fields the fields it tells, as JSON
 */
public record UpdateRecorded(String workItem, int update, String notification, String fields) {}
