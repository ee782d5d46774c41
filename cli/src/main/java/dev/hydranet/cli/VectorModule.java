package dev.hydranet.cli;

/** The Vector API, which a JVM loads only if asked to. */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /**
   * Loads it into this JVM. The option {@code --add-modules} does the same and has the JVM print a
   * warning on the error stream, before anything that the command says there.
   *
   * <p>The method is the JDK's own, for modules that are loaded late; the manifest of the command's
   * jar exports its package. On a JDK without it the engine says which option to use.
   */
  static void load() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
    } catch (ReflectiveOperationException | LinkageError e) {
      System.getLogger(VectorModule.class.getName())
          .log(System.Logger.Level.DEBUG, "this JDK does not load " + NAME + " late", e);
    }
  }
}
