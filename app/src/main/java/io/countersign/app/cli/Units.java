package io.countersign.app.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Figures as people write them on a command line. */
final class Units {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  private Units() {}

  /** {@code 30s}, {@code 10m}, {@code 2h}, or ISO 8601. */
  static final class Time implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
      Matcher matcher = TIME.matcher(value.toLowerCase(Locale.ROOT));
      if (matcher.matches()) {
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
      }
      try {
        return Duration.parse(value);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("a time looks like 30s, 10m or 2h");
      }
    }
  }

  /** A share: {@code 0.05} or {@code 5%}. */
  static final class Share implements ITypeConverter<Double> {

    @Override
    public Double convert(String value) {
      try {
        boolean percent = value.endsWith("%");
        double number =
            Double.parseDouble(percent ? value.substring(0, value.length() - 1) : value);
        double share = percent ? number / 100 : number;
        if (share >= 0 && share <= 1) {
          return share;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new TypeConversionException("a share is from 0 to 1, or from 0% to 100%");
    }
  }
}
