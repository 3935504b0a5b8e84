package io.countersign.audit.timestamp;

import java.time.Instant;

/**
 * A time-stamp that was verified.
 *
 * @param time at which the authority saw the bytes, by its clock
 * @param authority name in the certificate it signed with
 * @param serialNumber of the time-stamp, hexadecimal
 */
public record TimeStamp(Instant time, String authority, String serialNumber) {}
