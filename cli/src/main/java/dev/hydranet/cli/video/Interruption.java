package dev.hydranet.cli.video;

/**
 * What a JVM that is asked to end, as by Ctrl-C, says: one line. Whatever fails because programs
 * end with it says nothing.
 */
public final class Interruption implements AutoCloseable {
  private final Thread hook;

  /**
   * Waits for it.
   *
   * @param line says the line
   */
  public Interruption(Runnable line) {
    this.hook = new Thread(line);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      awaitEnd();
    }
  }

  /** Nothing that this thread could say would be right. */
  private void awaitEnd() {
    try {
      hook.join();
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
