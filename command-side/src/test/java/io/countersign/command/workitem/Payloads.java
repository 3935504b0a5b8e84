package io.countersign.command.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeMatcher;

/** Says of recorded events what has to hold, with the words of assertions. */
final class Payloads extends TypeSafeMatcher<List<Object>> {

  private final Consumer<List<Object>> check;

  private Payloads(Consumer<List<Object>> check) {
    this.check = check;
  }

  /** Exactly these types. */
  static Matcher<? extends List<? super EventMessage<?>>> types(Class<?>... types) {
    return that(
        payloads ->
            assertThat(payloads)
                .extracting(event -> (Object) event.getClass())
                .containsExactly((Object[]) types));
  }

  /** These among others, in this order. */
  static Matcher<? extends List<? super EventMessage<?>>> holding(Object... events) {
    return that(payloads -> assertThat(payloads).containsSubsequence(events));
  }

  /** None of a type. */
  static Matcher<? extends List<? super EventMessage<?>>> without(Class<?> type) {
    return that(payloads -> assertThat(payloads).doesNotHaveAnyElementsOfTypes(type));
  }

  private static Matcher<? extends List<? super EventMessage<?>>> that(
      Consumer<List<Object>> check) {
    return Matchers.payloadsMatching(new Payloads(check));
  }

  @Override
  protected boolean matchesSafely(List<Object> payloads) {
    check.accept(payloads);
    return true;
  }

  @Override
  public void describeTo(Description description) {
    description.appendText("payloads as asserted");
  }
}
