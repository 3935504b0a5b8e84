package io.countersign.command.transition;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** Documents that a gate may not take what is brought. */
@ApiResponse(
    responseCode = "409",
    description = "Not taken; code and detail say why",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
            examples = @ExampleObject(GateExamples.REFUSED)))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface MayBeRefused {}
