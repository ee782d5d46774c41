package dev.hydranet.engine.plan;

import dev.hydranet.engine.tensor.Shape;
import java.util.Map;

/** Inputs that need more memory than the heap may grow to; the message says how much. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message says for what, how much is needed and how much there is. */
  InsufficientMemoryException(Map<String, Shape> inputs, long bytes) {
    super(
        String.format(
            "inputs %s need %,d MB of working memory; the heap may grow to %,d MB (-Xmx), a session to 8,191 MB",
            inputs, bytes >> 20, Runtime.getRuntime().maxMemory() >> 20));
  }
}
