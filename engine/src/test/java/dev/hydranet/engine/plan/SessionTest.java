package dev.hydranet.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.testing.SmallHydraNet;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  /**
   * Enough pixels that every kernel has work for many threads and inverted residuals are computed
   * row by row, and an odd number of them.
   */
  private static final Shape SHAPE = Shape.of(2, 3, 129, 131);

  private static final Graph GRAPH = SmallHydraNet.graph();
  private static final Map<String, Tensor> WEIGHTS = SeededTensors.parameters(GRAPH, 1);
  private static final Plan PLAN = Planner.plan(GRAPH, WEIGHTS);

  private final Map<String, Tensor> inputs =
      Map.of("input", SeededTensors.uniform("input", SHAPE, 1));

  @Test
  void theAnswerIsThatOfThePlainLoops() {
    Map<String, Tensor> expected = ReferenceExecutor.run(GRAPH, WEIGHTS, inputs, GRAPH.outputs());
    Map<String, Tensor> actual = run(session(1));
    Tolerance.of(GRAPH, Map.of("input", SHAPE), GRAPH.outputs())
        .forEach(
            (name, tolerance) ->
                assertThat(Difference.between(actual.get(name), expected.get(name)).maxRelative())
                    .as(name)
                    .isLessThanOrEqualTo(tolerance));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void threadsDoNotChangeABit(int threads) {
    Map<String, Tensor> expected = run(session(1));
    Session session = session(threads);
    for (int i = 0; i < 10; i++) {
      assertSame(run(session), expected);
    }
  }

  @Test
  void aPlanServesManyThreads() throws Exception {
    Map<String, Tensor> expected = run(session(1));
    List<Future<Map<String, Tensor>>> results = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 8; i++) {
        int threads = 1 + i % 2;
        results.add(callers.submit(() -> run(session(threads))));
      }
    }
    for (Future<Map<String, Tensor>> result : results) {
      assertSame(result.get(), expected);
    }
  }

  @Test
  void aSecondCallerOfASessionIsTurnedAwayAndHarmsNothing() throws Exception {
    Map<String, Tensor> expected = run(session(1));
    Session session = session(1);
    AtomicBoolean met = new AtomicBoolean();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    Runnable caller =
        () -> {
          while (!met.get() && Instant.now().isBefore(deadline)) {
            try {
              assertSame(run(session), expected);
            } catch (IllegalStateException e) {
              assertThat(e).hasMessageContaining("its own session");
              met.set(true);
            }
          }
        };
    List<Future<?>> results = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
      results.add(callers.submit(caller));
      results.add(callers.submit(caller));
    }
    for (Future<?> result : results) {
      result.get();
    }
    assertThat(met).isTrue();
    assertSame(run(session), expected);
  }

  @Test
  void aRunEndsBeforeTheStepAtWhichItIsCancelled() {
    Session session = session(3);
    int steps = PLAN.info(SHAPE).steps().size();
    for (int last = 0; last < steps; last += 7) {
      int end = last;
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  session.run(
                      inputs,
                      session.newOutputs(),
                      Threads.of(2),
                      () -> asked.getAndIncrement() == end))
          .isInstanceOf(CancellationException.class)
          .hasMessage("the run was cancelled");
      assertThat(asked).hasValue(end + 1);
    }
    assertSame(run(session), run(session(1)));
  }

  @Test
  void workersAreDaemonsAndEndByThemselves() throws Exception {
    run(session(3));
    assertThat(workers()).isNotEmpty().allMatch(Thread::isDaemon);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!workers().isEmpty() && Instant.now().isBefore(deadline)) {
      Thread.sleep(50);
    }
    assertThat(workers()).isEmpty();
  }

  @Test
  void tensorsThatAreMissingOrMisshapenAreNamed() {
    Session session = session(1);
    Map<String, Tensor> outputs = session.newOutputs();
    assertThat(outputs.keySet()).containsExactly("segm", "depth");
    assertThat(session.outputShapes())
        .containsExactly(
            Map.entry("segm", Shape.of(2, 6, 65, 66)), Map.entry("depth", Shape.of(2, 1, 65, 66)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.run(Map.of(), outputs))
        .withMessage("no tensor for input 'input'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> session.run(Map.of("input", Tensor.zeros(Shape.of(1, 3, 129, 131))), outputs))
        .withMessage("input 'input': expected shape [2, 3, 129, 131], found [1, 3, 129, 131]");
    Map<String, Tensor> incomplete = new HashMap<>(outputs);
    incomplete.remove("depth");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.run(inputs, incomplete))
        .withMessage("no tensor for output 'depth'");
    session.run(inputs, outputs);
    assertSame(outputs, run(session(1)));
  }

  @Test
  void anInputTooLargeForTheHeapIsRefusedBeforehand() {
    assertThatThrownBy(() -> PLAN.newSession(Shape.of(1, 3, 200_000, 200_000), Threads.of(1)))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("[1, 3, 200000, 200000]")
        .hasMessageContaining("-Xmx")
        .hasMessageNotContaining("\n");
  }

  private static Session session(int threads) {
    return PLAN.newSession(SHAPE, Threads.of(threads));
  }

  private Map<String, Tensor> run(Session session) {
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    return outputs;
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) -> assertThat(actual.get(name).data()).as(name).isEqualTo(tensor.data()));
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hydranet-worker"))
        .toList();
  }
}
