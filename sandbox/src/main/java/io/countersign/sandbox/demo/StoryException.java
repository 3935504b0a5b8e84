package io.countersign.sandbox.demo;

/** Something in the story did not come out as it has to. */
public final class StoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoryException(String message) {
    super(message);
  }
}
