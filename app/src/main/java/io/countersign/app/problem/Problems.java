package io.countersign.app.problem;

import io.countersign.eventlog.append.LogHaltedException;
import io.countersign.eventlog.append.LogOverloadedException;
import io.countersign.eventlog.append.LogUnavailableException;
import io.countersign.eventlog.append.Outage;
import io.countersign.eventlog.append.OutcomeUnknownException;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.r2dbc.spi.R2dbcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * What went wrong, in the words of {@link ProblemType}. Details name places and what is expected
 * there, never what was sent and never our classes.
 */
final class Problems {

  /** SQLSTATE of a statement that ran into its timeout. */
  private static final String QUERY_CANCELED = "57014";

  private Problems() {}

  static ProblemException of(Throwable failure) {
    return switch (failure) {
      case ProblemException problem -> problem;
      case AuthenticationException _ ->
          new ProblemException(
              ProblemType.UNAUTHENTICATED, "The token is unknown, expired or revoked.");
      case AccessDeniedException _ ->
          new ProblemException(ProblemType.FORBIDDEN, "Your roles do not permit this.");
      case WebExchangeBindException invalid -> invalid(invalid);
      case MethodNotAllowedException wrong -> methodNotAllowed(wrong);
      case NotAcceptableStatusException wrong ->
          new ProblemException(
              ProblemType.NOT_ACCEPTABLE,
              "What can be produced: " + words(wrong.getSupportedMediaTypes()) + ".");
      case UnsupportedMediaTypeStatusException wrong ->
          new ProblemException(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "What is understood: " + words(wrong.getSupportedMediaTypes()) + ".");
      case MissingRequestValueException missing ->
          new ProblemException(
              ProblemType.INVALID_REQUEST,
              "The %s '%s' is missing.".formatted(missing.getLabel(), missing.getName()));
      case ServerWebInputException invalid -> input(invalid);
      case ResponseStatusException status -> status(status);
      case DataBufferLimitException _ -> tooLarge();
      case DecodingException _ -> unreadable();
      case TransientDataAccessException _, DataAccessResourceFailureException _ ->
          givenUp(failure) ? tookTooLong() : unavailable();
      case LogOverloadedException _ ->
          new ProblemException(ProblemType.OVERLOADED, "The log takes no more at the moment.");
      case LogHaltedException _ -> halted();
      case LogUnavailableException _ ->
          new ProblemException(ProblemType.UNAVAILABLE, "The log cannot be written right now.");
      case OutcomeUnknownException _ ->
          new ProblemException(
              ProblemType.UNAVAILABLE,
              "It is not known whether this was stored; look before you send it again.");
      case ConcurrencyException _ ->
          new ProblemException(ProblemType.CONFLICT, "Somebody else changed it at the same time.");
      default -> other(failure);
    };
  }

  private static ProblemException invalid(WebExchangeBindException invalid) {
    List<Map<String, String>> errors = new ArrayList<>();
    for (FieldError error : invalid.getFieldErrors()) {
      errors.add(Map.of("field", error.getField(), "message", message(error)));
    }
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "These are not valid: "
            + errors.stream()
                .map(e -> String.valueOf(e.get("field")))
                .collect(Collectors.joining(", ")),
        Map.of("errors", errors));
  }

  private static String message(FieldError error) {
    // a binding failure's own message quotes what was sent
    return error.isBindingFailure()
        ? "is not of the expected form"
        : String.valueOf(((MessageSourceResolvable) error).getDefaultMessage());
  }

  private static ProblemException methodNotAllowed(MethodNotAllowedException wrong) {
    String allowed =
        wrong.getSupportedMethods().stream()
            .map(HttpMethod::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return new ProblemException(
        ProblemType.METHOD_NOT_ALLOWED, "Allowed: " + allowed + ".", Map.of("allowed", allowed));
  }

  private static ProblemException input(ServerWebInputException invalid) {
    for (Throwable t = invalid; t != null; t = t.getCause()) {
      if (t instanceof DataBufferLimitException) {
        return tooLarge();
      }
    }
    var parameter = invalid.getMethodParameter();
    if (parameter == null || parameter.hasParameterAnnotation(RequestBody.class)) {
      return unreadable();
    }
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "The value of '%s' is not of the expected form.".formatted(parameter.getParameterName()));
  }

  private static ProblemException status(ResponseStatusException status) {
    int code = status.getStatusCode().value();
    for (ProblemType type : ProblemType.values()) {
      if (type.status() == code && type != ProblemType.INTERNAL) {
        return new ProblemException(type, type.title() + ".");
      }
    }
    return code >= 400 && code < 500
        ? new ProblemException(ProblemType.INVALID_REQUEST, "The request is not valid.")
        : internal();
  }

  private static ProblemException other(Throwable failure) {
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem;
      }
    }
    return Outage.behind(failure)
        .map(outage -> outage == Outage.LOG_HALTED ? halted() : unavailable())
        .orElseGet(Problems::internal);
  }

  private static ProblemException halted() {
    return new ProblemException(
        ProblemType.UNAVAILABLE,
        "The log is halted, nothing is recorded until somebody has decided: countersign audit status says why.");
  }

  private static ProblemException tooLarge() {
    return new ProblemException(ProblemType.TOO_LARGE, "The body is larger than is taken here.");
  }

  private static ProblemException unreadable() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, "The body is missing or is not JSON of the expected form.");
  }

  private static ProblemException unavailable() {
    return new ProblemException(
        ProblemType.UNAVAILABLE, "The database does not answer in time; try again.");
  }

  private static boolean givenUp(Throwable failure) {
    return failure.getCause() instanceof R2dbcException cause
        && QUERY_CANCELED.equals(cause.getSqlState());
  }

  private static ProblemException tookTooLong() {
    return new ProblemException(
        ProblemType.UNAVAILABLE,
        "The query took too long and was given up; ask for less, for example with one more filter.");
  }

  private static ProblemException internal() {
    String reference = UUID.randomUUID().toString();
    return new ProblemException(
        ProblemType.INTERNAL,
        "The cause is in the log of the server under this reference.",
        Map.of("reference", reference));
  }

  private static String words(List<?> types) {
    return types.isEmpty()
        ? "nothing"
        : types.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }
}
