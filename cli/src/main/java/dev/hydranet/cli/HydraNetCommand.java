package dev.hydranet.cli;

import dev.hydranet.cli.console.Failure;
import dev.hydranet.cli.console.FirstFew;
import dev.hydranet.cli.console.StandardOutput;
import dev.hydranet.cli.network.Executor;
import dev.hydranet.cli.video.View;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code hydranet}: what is common to all commands.
 *
 * <p>Exit codes: 0 done; 1 the work failed, with one line on the error stream; 2 wrong usage.
 */
@Command(
    name = "hydranet",
    description = "One network, one image, several answers: class, distance and surface normal.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = HydraNetCommand.Version.class,
    sortOptions = false,
    sortSynopsis = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the work failed; one line says why", "2:wrong usage"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  hydranet demo",
      "  hydranet weights download kitti",
      "  hydranet predict street.jpg --weights kitti",
      "  hydranet video street.mp4 seen.mp4",
      "  hydranet explain street.jpg",
      "  hydranet convert my.ckpt my.safetensors",
      "  hydranet COMMAND --help   tells more"
    })
final class HydraNetCommand implements Runnable {
  /** In the order of the help. A class is called what its command is called. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          PredictCommand.class,
          VideoCommand.class,
          EvalCommand.class,
          ExplainCommand.class,
          ConvertCommand.class,
          RunCommand.class,
          VerifyCommand.class,
          ExportCommand.class,
          InfoCommand.class,
          BenchCommand.class,
          WeightsCommand.class);

  final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "On failure, print all problems and the stack trace.")
  private boolean verbose;

  private HydraNetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The command, to be executed with its arguments. If the first of them names a command, no other
   * is there: to build all of them takes longer than a short command runs.
   */
  static CommandLine commandLine(Surroundings surroundings, String... arguments) {
    HydraNetCommand root = new HydraNetCommand(surroundings);
    CommandLine line = new CommandLine(root);
    commands(arguments).forEach(line::addSubcommand);
    line.registerConverter(DType.class, new NameConverter<>(DType.class));
    line.registerConverter(Executor.class, new NameConverter<>(Executor.class));
    line.registerConverter(Task.class, new NameConverter<>(Task.class));
    line.registerConverter(View.class, new NameConverter<>(View.class));
    line.setParameterExceptionHandler((wrong, args) -> wrongUsage(wrong));
    line.setExecutionExceptionHandler((failure, where, parsed) -> root.failed(where, failure));
    line.setExecutionStrategy(
        parsed -> {
          try {
            return new CommandLine.RunLast().execute(parsed);
          } catch (StandardOutput.ReaderLeft e) {
            throw e;
          } catch (Error e) {
            // Memory that has run out, above all; picocli takes care of exceptions only.
            return root.failed(line, e);
          }
        });
    return line;
  }

  private static List<Class<?>> commands(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    return COMMANDS.stream()
        .filter(type -> type.getSimpleName().toLowerCase(Locale.ROOT).equals(first + "command"))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  private int failed(CommandLine where, Throwable failure) {
    where.getErr().println(describe(Failure.line(failure), failure));
    where.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** A line of what is wrong with a file that is used all the same; none if nothing is. */
  void warn(CommandSpec command, Path file, List<String> findings) {
    if (!findings.isEmpty()) {
      PrintWriter err = command.commandLine().getErr();
      err.println(
          "hydranet: warning: " + OneLine.of(file.toString()) + ": " + FirstFew.of(findings, "; "));
    }
  }

  /** A line for the error stream; with --verbose the stack trace follows. */
  String describe(String line, Throwable failure) {
    StringWriter text = new StringWriter();
    Optional<WeightsMismatchException> mismatch = mismatch(failure);
    text.append("hydranet: ");
    if (!verbose) {
      text.append(mismatch.map(e -> withMore(line, e)).orElse(line));
    } else {
      text.append(line);
      mismatch.ifPresent(
          e ->
              e.problems()
                  .forEach(
                      one -> text.append(System.lineSeparator()).append("  " + OneLine.of(one))));
      failure.printStackTrace(new PrintWriter(text.append(System.lineSeparator()), true));
    }
    return text.toString().stripTrailing();
  }

  private static Optional<WeightsMismatchException> mismatch(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(WeightsMismatchException.class::isInstance)
        .map(WeightsMismatchException.class::cast)
        .findFirst();
  }

  /** The line, which says how many problems it leaves out, with how to see them. */
  private static String withMore(String line, WeightsMismatchException mismatch) {
    String more = "and " + mismatch.unlisted() + " more";
    return line.replace(more, more + " (--verbose)");
  }

  private static int wrongUsage(ParameterException wrong) {
    CommandLine where = wrong.getCommandLine();
    // Some of picocli's messages begin with "Error: ", most do not.
    where.getErr().println("hydranet: " + wrong.getMessage().replaceFirst("^Error: ", ""));
    UnmatchedArgumentException.printSuggestions(wrong, where.getErr());
    where
        .getErr()
        .println("Try '" + where.getCommandSpec().qualifiedName() + " --help' for how to use it.");
    where.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** The version that the build wrote down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      try (InputStream in = HydraNetCommand.class.getResourceAsStream("version.txt")) {
        String version = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        return new String[] {
          "hydranet " + version,
          "Java "
              + Runtime.version()
              + ", "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
        };
      }
    }
  }
}
