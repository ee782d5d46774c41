package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/hydranet} in a separate checkout, with scripts for java and Maven. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Instant THEN = Instant.parse("2020-01-01T00:00:00Z");
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String[] TOOLS = {
    "dirname", "readlink", "sed", "head", "find", "touch", "mktemp", "ln", "rm", "locale"
  };

  @TempDir private Path folder;
  private Path checkout;
  private Path tools;
  private Path jvms;
  private List<String> shell = List.of();

  @BeforeEach
  void prepare() throws IOException {
    folder = folder.toRealPath();
    jvms = Files.createDirectories(folder.resolve("jvm"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      executable(tools.resolve(tool), "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
    }
    checkout(folder.resolve("a checkout"));
    maven("mkdir -p cli/target/lib; : > cli/target/lib/hydranet-cli-1.jar; echo built >> log");
  }

  private void checkout(Path root) throws IOException {
    checkout = root;
    launchers(root);
    for (String module : new String[] {"engine", "hydranet", "model", "weights-converter", "cli"}) {
      old(checkout.resolve(module).resolve("pom.xml"));
      old(checkout.resolve(module).resolve("src/main/java/Source.java"));
    }
    old(checkout.resolve("pom.xml"));
  }

  private void launchers(Path root) throws IOException {
    Files.createDirectories(root.resolve("bin"));
    // The places where JDKs usually are must not be searched here: this machine may have one.
    String script =
        Files.readString(Path.of("../bin/find-java"))
            .replace("/usr/lib/jvm /usr/java /opt/java /opt \\", "'" + jvms + "' \\")
            .replaceAll("/Library/Java/JavaVirtualMachines \"", "\"")
            .replaceAll("(?m)^ +/opt/.*\n", "    /nowhere\n");
    assertThat(script).contains(jvms.toString()).doesNotContain("/opt", " /Library/Java/Java");
    executable(root.resolve("bin/find-java"), script);
    executable(root.resolve("bin/hydranet"), Files.readString(Path.of("../bin/hydranet")));
  }

  @Test
  void buildsOnceThenRunsWithTheArgumentsAndExitCode() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25.0.1");
    Cli.Result first = launch(Map.of(), "predict", "a b.png", "", "*");
    assertThat(first.err())
        .isEqualTo("hydranet: building in " + checkout + ", which takes a minute ...\n");
    assertThat(first.out())
        .endsWith(
            "25.0.1 -Dsun.misc.unsafe.memory.access=allow -jar "
                + checkout
                + "/cli/target/lib/hydranet-cli-1.jar [predict] [a b.png] [] [*]\n");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(launch(Map.of()).err()).isEmpty();
    assertThat(checkout.resolve("log")).hasContent("built");
  }

  @Test
  void saysWhatTheFirstBuildDoes() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    maven(
        """
        echo '[INFO] Scanning for projects...'
        echo 'Downloading from central: https://example.org/a.pom'
        echo 'Downloaded from central: https://example.org/a.pom (1 kB)'
        echo '[INFO] Building HydraNet engine 1.0          [2/6]'
        echo '[WARNING] nothing important'
        mkdir -p cli/target/lib; : > cli/target/lib/hydranet-cli-1.jar
        """);
    assertThat(launch(Map.of()).err().lines().skip(1))
        .containsExactly(
            "hydranet:   downloading what the build needs, this once ...",
            "hydranet:   HydraNet engine 1.0 [2/6]");
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
        .contains(" -jar " + checkout + "/cli/target/lib/hydranet-cli-1.jar");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aColonInThePathEndsNoClassPath() throws Exception {
    checkout(folder.resolve("a:check out"));
    jdk(jvms.resolve("jdk-25"), "25");
    Cli.Result result = launch(Map.of(), "info");
    assertThat(result.err()).doesNotContain("failed");
    assertThat(result.out()).endsWith("/hydranet-cli-1.jar [info]\n").doesNotContain(":");
    assertThat(Files.readString(checkout.resolve("mvn-f"))).doesNotContain(":");
    assertThat(launch(Map.of(), "info").err()).isEmpty();
  }

  @Test
  void aDistributionNeitherBuildsNorNeedsMaven() throws Exception {
    Path distribution = folder.resolve("hydranet-1.0");
    launchers(distribution);
    Files.createDirectories(distribution.resolve("lib"));
    Files.createFile(distribution.resolve("lib/hydranet-cli-1.0.jar"));
    Files.delete(tools.resolve("mvn"));
    jdk(jvms.resolve("jdk-25"), "25");
    Cli.Result result = launch(distribution.resolve("bin/hydranet"), Map.of(), "info");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(" -jar " + distribution + "/lib/hydranet-cli-1.0.jar [info]\n");
  }

  @Test
  void worksUnderBusybox() throws Exception {
    assumeTrue(Files.exists(BUSYBOX));
    jdk(jvms.resolve("jdk-25"), "25");
    for (String tool : TOOLS) {
      executable(tools.resolve(tool), "#!/bin/sh\nexec " + BUSYBOX + " " + tool + " \"$@\"\n");
    }
    // It has none.
    Files.delete(tools.resolve("locale"));
    shell = List.of(BUSYBOX.toString(), "sh");
    Cli.Result first = launch(Map.of(), "info");
    assertThat(first.err())
        .isEqualTo("hydranet: building in " + checkout + ", which takes a minute ...\n");
    assertThat(first.out()).endsWith("/hydranet-cli-1.jar [info]\n");
    assertThat(launch(Map.of()).err()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesOfFilesAreUtf8InEveryLocale() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    launch(Map.of());
    assertThat(launch(Map.of()).out()).startsWith("LC_ALL=C.UTF-8 ");
    assertThat(launch(Map.of("LC_ALL", "C")).out()).startsWith("LC_ALL=C.UTF-8 ");
    assertThat(launch(Map.of("LANG", "no_SUCH.UTF-8")).out()).startsWith("LC_ALL=C.UTF-8 ");
    assertThat(launch(Map.of("LC_CTYPE", "C.UTF-8")).out()).doesNotContain("LC_ALL");
    Files.delete(tools.resolve("locale"));
    assertThat(launch(Map.of("LC_ALL", "C")).out()).startsWith("LC_ALL=C.UTF-8 ");
  }

  @Test
  void worksWithTheErrorStreamClosed() throws Exception {
    jdk(jvms.resolve("jdk-25"), "25");
    shell = List.of("/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&-");
    Cli.Result result = launch(Map.of(), "info");
    assertThat(result.out()).endsWith(" [info]\n");
    assertThat(result.exitCode()).isEqualTo(7);
    Files.delete(jvms.resolve("jdk-25/bin/java"));
    assertThat(launch(Map.of()).exitCode()).isEqualTo(1);
  }

  @Test
  void takesJavaHomeThenThePathThenTheNewestElsewhere() throws Exception {
    Path home = jdk(folder.resolve("home"), "25.0.9");
    Path other = jdk(folder.resolve("old"), "17.0.2");
    jdk(jvms.resolve("jdk-25"), "25.0.1");
    jdk(jvms.resolve("jdk-26"), "26");
    jdk(jvms.resolve("jdk-21"), "21.0.3");
    assertThat(launch(Map.of("JAVA_HOME", home.toString())).out()).contains("25.0.9 ");
    assertThat(launch(Map.of("JAVA_HOME", other.toString())).out()).contains("26 ");
    Files.createSymbolicLink(tools.resolve("java"), home.resolve("bin/java"));
    assertThat(launch(Map.of("JAVA_HOME", other.toString())).out()).contains("25.0.9 ");
    assertThat(launch(Map.of()).out()).contains("25.0.9 ");
  }

  @Test
  void asksJavaItselfWhereNoFileTellsItsVersion() throws Exception {
    Path home = jdk(folder.resolve("home"), "25.0.9");
    Files.delete(home.resolve("release"));
    assertThat(launch(Map.of("JAVA_HOME", home.toString())).out()).contains("25.0.9 ");
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
    maven("echo '[ERROR] no such symbol'; exit 3");
    Cli.Result result = launch(Map.of());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .endsWith(
            "[ERROR] no such symbol\n"
                + "hydranet: the build failed; what Maven says about it is above\n");
    assertThat(launch(Map.of()).err()).contains("building in ");
  }

  /** A folder with a java that tells its locale, its version and its arguments, and ends with 7. */
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
        [ -e "$3" ] || exit 9
        printf '%sVERSION %s %s %s' "${LC_ALL:+LC_ALL=$LC_ALL }" "$1" "$2" "$3"
        shift 3
        for argument in "$@"; do printf ' [%s]' "$argument"; done
        echo
        exit 7
        """
            .replace("VERSION", version));
    return home;
  }

  /** A mvn that works in the folder of the POM that it is given. */
  private void maven(String work) throws IOException {
    Path mvn = tools.resolve("mvn");
    Files.deleteIfExists(mvn);
    executable(
        mvn,
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        while [ "$1" != -f ]; do shift; done
        cd "$(dirname "$2")"
        echo "$2" >mvn-f
        """
            + work
            + "\n");
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
    Path err = folder.resolve("stderr");
    List<String> command = new ArrayList<>(shell);
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", folder.resolve("nobody").toString());
    builder.directory(folder.toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Cli.Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
