package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/hydranet} in a checkout of its own, with scripts for java and Maven. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Instant THEN = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Path checkout;
  private Path tools;
  private Path jvms;

  @BeforeEach
  void makeCheckout() throws IOException {
    folder = folder.toRealPath();
    checkout = folder.resolve("a checkout");
    jvms = Files.createDirectories(folder.resolve("jvm"));
    Files.createDirectories(checkout.resolve("bin"));
    // The places where JDKs usually are must not be searched here: this machine may have one.
    String script =
        Files.readString(Path.of("../bin/find-java"))
            .replaceAll("/usr/lib/jvm /usr/java /opt/java /opt\n", jvms + "\n")
            .replaceAll("(?m)^ +/(Library|opt)/.*\n", "");
    assertThat(script).contains(jvms.toString()).doesNotContain("/opt", "/Library/Java/Java");
    executable(checkout.resolve("bin/find-java"), script);
    executable(checkout.resolve("bin/hydranet"), Files.readString(Path.of("../bin/hydranet")));
    for (String module : new String[] {"engine", "hydranet", "model", "weights-converter", "cli"}) {
      old(checkout.resolve(module).resolve("pom.xml"));
      old(checkout.resolve(module).resolve("src/main/java/Source.java"));
    }
    old(checkout.resolve("pom.xml"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool :
        new String[] {"dirname", "readlink", "sed", "head", "find", "touch", "grep"}) {
      executable(tools.resolve(tool), "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
    }
    maven("mkdir -p cli/target/lib; : > cli/target/lib/hydranet-cli-1.jar; echo built >> log");
  }

  @Test
  void buildsOnceThenRunsWithTheArgumentsAndExitCode() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25.0.1");
    Cli.Result first = launch(Map.of(), "predict", "a b.png", "", "*");
    assertThat(first.err())
        .isEqualTo("hydranet: building in " + checkout + ", which takes a minute ...\n");
    assertThat(first.out())
        .isEqualTo(
            "25.0.1 --add-modules jdk.incubator.vector --module-path "
                + checkout
                + "/cli/target/lib --module dev.hydranet.cli/dev.hydranet.cli.Main"
                + " [predict] [a b.png] [] [*]\n");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(launch(Map.of()).err()).isEmpty();
    assertThat(checkout.resolve("log")).hasContent("built");
  }

  @Test
  void buildsAgainWhenSourceIsNewer() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    launch(Map.of());
    Files.setLastModifiedTime(
        checkout.resolve("engine/src/main/java/Source.java"),
        FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(launch(Map.of()).err()).contains("building in ");
    assertThat(checkout.resolve("log")).hasContent("built\nbuilt");
  }

  @Test
  void runsThroughSymbolicLinks() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    Path far = Files.createDirectories(folder.resolve("usr/bin"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a checkout/bin/hydranet"));
    Files.createSymbolicLink(far.resolve("hydranet"), Path.of("../../link"));
    assertThat(launch(far.resolve("hydranet"), Map.of()).out())
        .contains("--module-path " + checkout + "/cli/target/lib ");
  }

  @Test
  void takesJavaHomeThenThePathThenTheNewestElsewhere() throws Exception {
    Path home = jdk(folder.resolve("home"), "25.0.9");
    Path other = jdk(folder.resolve("old"), "17.0.2");
    jdk(jvms.resolve("jdk-25"), "25.0.1");
    jdk(jvms.resolve("jdk-26"), "26");
    jdk(jvms.resolve("jdk-21"), "21.0.3");
    assertThat(launch(Map.of("JAVA_HOME", home.toString())).out()).startsWith("25.0.9 ");
    assertThat(launch(Map.of("JAVA_HOME", other.toString())).out()).startsWith("26 ");
    Files.createSymbolicLink(tools.resolve("java"), home.resolve("bin/java"));
    assertThat(launch(Map.of("JAVA_HOME", other.toString())).out()).startsWith("25.0.9 ");
    assertThat(launch(Map.of()).out()).startsWith("25.0.9 ");
  }

  @Test
  void asksJavaItselfWhereNoFileTellsItsVersion() throws Exception {
    Path home = jdk(folder.resolve("home"), "25.0.9");
    Files.delete(home.resolve("release"));
    assertThat(launch(Map.of("JAVA_HOME", home.toString())).out()).startsWith("25.0.9 ");
  }

  @Test
  void tellsWhatItLookedForWhereThereIsNoJava() throws Exception {
    Path old = jdk(folder.resolve("old"), "17.0.2");
    Cli.Result result = launch(Map.of("JAVA_HOME", old.toString()));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("hydranet: this needs Java 25 or later, and there is none:\n")
        .contains("JAVA_HOME is " + old + ", version 17\n")
        .contains("nor is one in " + jvms)
        .contains("https://adoptium.net");
    assertThat(checkout.resolve("log")).doesNotExist();
  }

  @Test
  void tellsThatMavenIsMissing() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    Files.delete(tools.resolve("mvn"));
    Cli.Result result = launch(Map.of());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "hydranet: building this needs Maven 3.8 or later, and there is no mvn on the path"
                + " (https://maven.apache.org)\n");
  }

  @Test
  void tellsThatTheBuildFailed() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    maven("echo 'no such symbol'; exit 3");
    Cli.Result result = launch(Map.of());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .endsWith("no such symbol\nhydranet: the build failed; what Maven says of it is above\n");
    assertThat(launch(Map.of()).err()).contains("building in ");
  }

  @Test
  void leavesTheWarningsOfTheJvmOut() throws Exception {
    Path home = jdk(jvms.resolve("jdk-25"), "25");
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
        echo 'WARNING: A terminally deprecated method in sun.misc.Unsafe has been called' >&2
        echo 'hydranet: a.png: no such file or directory' >&2
        echo 'WARNING: something else' >&2
        exit 1
        """);
    launch(Map.of());
    Cli.Result result = launch(Map.of());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("hydranet: a.png: no such file or directory\nWARNING: something else\n");
  }

  /** A folder with a java that tells its version and its arguments, and ends with 7. */
  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "VERSION" 2025-09-16' >&2
          exit 0
        fi
        printf 'VERSION %s %s %s %s %s %s' "$1" "$2" "$3" "$4" "$5" "$6"
        shift 6
        for argument in "$@"; do printf ' [%s]' "$argument"; done
        echo
        exit 7
        """
            .replace("VERSION", version));
    return home;
  }

  private void maven(String work) throws IOException {
    Path mvn = tools.resolve("mvn");
    Files.deleteIfExists(mvn);
    executable(mvn, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + work + "\n");
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void old(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }

  private Cli.Result launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return launch(checkout.resolve("bin/hydranet"), environment, arguments);
  }

  private Cli.Result launch(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("stdout");
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", folder.resolve("nobody").toString());
    builder.directory(folder.toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(ProcessBuilder.Redirect.PIPE);
    Process process = builder.start();
    // The stream ends when the launcher's filter does.
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Cli.Result(process.exitValue(), Files.readString(out), errors);
  }
}
