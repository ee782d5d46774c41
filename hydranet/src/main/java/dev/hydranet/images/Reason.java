package dev.hydranet.images;

import dev.hydranet.engine.text.OneLine;
import java.io.EOFException;
import java.nio.BufferUnderflowException;

/** What a failure says to somebody who did not write the code that failed. */
final class Reason {
  static final String CUT_OFF = "the file ends too early";

  private Reason() {}

  /** The innermost cause that has something to say, in one line. */
  static String of(Throwable failure) {
    String reason = null;
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 10; depth++) {
      String said = said(at);
      if (said != null) {
        reason = said;
      }
      at = at.getCause() == at ? null : at.getCause();
    }
    return reason != null ? reason : "its reader fails with " + failure.getClass().getSimpleName();
  }

  private static String said(Throwable failure) {
    if (failure instanceof EOFException || failure instanceof BufferUnderflowException) {
      return CUT_OFF;
    }
    // Of these, the message is about an array, not about the image.
    boolean stumbled =
        failure instanceof ArithmeticException
            || failure instanceof ClassCastException
            || failure instanceof IndexOutOfBoundsException
            || failure instanceof NegativeArraySizeException
            || failure instanceof NullPointerException
            || failure.getMessage() == null
            || failure.getMessage().isBlank();
    if (stumbled) {
      return null;
    }
    return OneLine.of(failure.getMessage().strip(), 300);
  }
}
