package io.countersign.query.reading;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents {@code atLeast} and {@code wait} of a read endpoint. */
@Parameter(
    name = "atLeast",
    in = ParameterIn.QUERY,
    description =
        "Entry index the answer must reflect, to read one's own write. Waits for it, then answers"
            + " 409 position-not-reached with position, asked and head.",
    schema = @Schema(type = "integer", format = "int64", minimum = "0"),
    example = "1042")
@Parameter(
    name = "wait",
    in = ParameterIn.QUERY,
    description = "How long atLeast waits at most; 5s when not given, up to 30s.",
    schema = @Schema(type = "string"),
    example = "2s")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PositionParameters {}
