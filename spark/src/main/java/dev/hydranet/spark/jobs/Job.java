package dev.hydranet.spark.jobs;

import dev.hydranet.cli.NameConverter;
import dev.hydranet.cli.console.Failure;
import dev.hydranet.cli.video.View;
import dev.hydranet.network.Task;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import scala.Option;

/** What the jobs share: how they start and end. */
final class Job {
  private Job() {}

  /** Ends the JVM if the job did not end well, as a cluster expects it. */
  static void main(Callable<Integer> job, String[] arguments) {
    int code;
    try {
      code = run(job, arguments, new PrintWriter(System.out, true));
    } finally {
      Option<SparkSession> session = SparkSession.getDefaultSession();
      if (session.isDefined()) {
        session.get().stop();
      }
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  /** The session, which is started where there is none: not for {@code --help}. */
  static SparkSession session() {
    return SparkSession.builder().getOrCreate();
  }

  /** The exit code: 0 done, 1 the work failed, 2 wrong usage. */
  static int run(Callable<Integer> job, String[] arguments, PrintWriter out) {
    return new CommandLine(job)
        .registerConverter(Task.class, new NameConverter<>(Task.class))
        .registerConverter(View.class, new NameConverter<>(View.class))
        .setOut(out)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(command.getCommandName() + ": " + Failure.line(failure));
              return 1;
            })
        .execute(arguments);
  }
}
