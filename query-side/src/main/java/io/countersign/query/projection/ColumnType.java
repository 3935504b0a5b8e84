package io.countersign.query.projection;

import java.time.Instant;
import java.util.UUID;

/**
 * What a column holds. Values are made acceptable to PostgreSQL here, because one refused value
 * would stop its projection for good.
 */
public enum ColumnType {
  /** A code, name or path that may be indexed: cut after {@value #WORD_LIMIT} characters. */
  WORD("text") {
    @Override
    Object bind(Object value) {
      String text = withoutNul((String) value);
      return text.length() <= WORD_LIMIT
          ? text
          : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, WORD_LIMIT)));
    }
  },
  /** Text of any length, never indexed. */
  TEXT("text") {
    @Override
    Object bind(Object value) {
      return withoutNul((String) value);
    }
  },
  /** 32 bits. */
  INTEGER("int4") {
    @Override
    Object bind(Object value) {
      return (Integer) value;
    }
  },
  /** 64 bits. */
  BIGINT("int8") {
    @Override
    Object bind(Object value) {
      return (Long) value;
    }
  },
  /** True or false. */
  BOOLEAN("bool") {
    @Override
    Object bind(Object value) {
      return (Boolean) value;
    }
  },
  /** A random id. */
  UUID("uuid") {
    @Override
    Object bind(Object value) {
      return (UUID) value;
    }
  },
  /** A point in time, to the microsecond, moved into the years 1 to 9999. */
  TIMESTAMP("timestamptz") {
    @Override
    Object bind(Object value) {
      Instant at = (Instant) value;
      Instant notBefore = at.isBefore(EARLIEST) ? EARLIEST : at;
      return (notBefore.isAfter(LATEST) ? LATEST : notBefore).toString();
    }
  },
  /** A set of integers as ranges: a comma separated list of {@code [from,to]}. */
  RANGES("text") {
    @Override
    Object bind(Object value) {
      return "{" + value + "}";
    }

    @Override
    String cast(String expression) {
      return expression + "::int4multirange";
    }
  };

  private static final int WORD_LIMIT = 256;
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final String element;

  ColumnType(String element) {
    this.element = element;
  }

  /** The PostgreSQL type of the elements an array of values is bound with. */
  String element() {
    return element;
  }

  /** A value as it is bound. */
  abstract Object bind(Object value);

  /** A bound element as the column's type. */
  String cast(String expression) {
    return expression;
  }

  private static String withoutNul(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
