package io.countersign.command.escalation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** The time that counts. Pure. */
sealed interface Calendar {

  /** When so much of the time that counts has passed since a moment. */
  Instant after(Instant start, Duration time);

  /** Every hour of every day. */
  record Always() implements Calendar {

    @Override
    public Instant after(Instant start, Duration time) {
      return start.plus(time);
    }
  }

  /**
   * Working hours. A day's hours are what its clock shows: on a day whose clock is changed within
   * them there are fewer or more.
   *
   * @param zone whose clock
   * @param days of the week on which somebody works; at least one
   * @param from beginning of a working day
   * @param to end of a working day, the same day
   * @param holidays days on which nobody works; fewer than all
   */
  record Business(
      ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to, Set<LocalDate> holidays)
      implements Calendar {

    /** Copies the sets; checks that there is working time. */
    public Business {
      days = Set.copyOf(days);
      holidays = Set.copyOf(holidays);
      if (days.isEmpty() || !from.isBefore(to)) {
        throw new IllegalArgumentException(
            "a calendar has at least one day, and its hours begin before they end");
      }
    }

    @Override
    public Instant after(Instant start, Duration time) {
      Duration left = time;
      LocalDate day = LocalDate.ofInstant(start, zone);
      while (true) {
        if (days.contains(day.getDayOfWeek()) && !holidays.contains(day)) {
          Instant opens = ZonedDateTime.of(day, from, zone).toInstant();
          Instant closes = ZonedDateTime.of(day, to, zone).toInstant();
          Instant begins = start.isAfter(opens) ? start : opens;
          if (begins.isBefore(closes)) {
            Duration today = Duration.between(begins, closes);
            if (left.compareTo(today) <= 0) {
              return begins.plus(left);
            }
            left = left.minus(today);
          }
        }
        day = day.plusDays(1);
      }
    }
  }
}
