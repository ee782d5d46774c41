package dev.hydranet.engine.plan;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads call one session, each with its own input. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "The second was turned away.")
@Outcome(id = "-1, 2", expect = Expect.ACCEPTABLE, desc = "The first was turned away.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A wrong answer, or none at all.")
@State
public class SessionStress {
  private static final Shape SHAPE = Shape.of(1, 1, 1, 1);
  private static final Plan PLAN = plan();

  private final Session session = PLAN.newSession(SHAPE, Threads.of(1));

  private static Plan plan() {
    GraphBuilder g = new GraphBuilder();
    g.output("y", g.relu("relu", g.input("x")));
    Graph graph = g.build();
    return Planner.plan(graph, Map.of());
  }

  @Actor
  public void first(II_Result result) {
    result.r1 = call(1);
  }

  @Actor
  public void second(II_Result result) {
    result.r2 = call(2);
  }

  /** The number that comes back, or -1 if the session is in use. */
  private int call(int number) {
    Tensor y = Tensor.zeros(SHAPE);
    try {
      session.run(Map.of("x", Tensor.of(SHAPE, number)), Map.of("y", y));
      return (int) y.data()[0];
    } catch (IllegalStateException e) {
      return -1;
    }
  }
}
