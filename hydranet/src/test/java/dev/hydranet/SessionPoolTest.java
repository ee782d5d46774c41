package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.serve.Turn;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.HydraNetwork;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionPoolTest {
  private static final Plan PLAN = Planner.plan(SmallNetwork.NETWORK.graph(), SmallNetwork.WEIGHTS);

  private static final Turn TURN =
      new Turn() {
        @Override
        public int threads() {
          return 1;
        }

        @Override
        public boolean isCancelled() {
          return false;
        }

        @Override
        public void keepOneThread() {}

        @Override
        public long waitedNanos() {
          return 0;
        }
      };

  private final SessionPool pool =
      new SessionPool(PLAN, HydraNetwork.INPUT, Normalization.IMAGENET, Threads.available());

  @Test
  void usesTheSessionOfASizeAgain() {
    for (int i = 0; i < 3; i++) {
      run(SmallNetwork.picture(8, 12, i));
      assertThat(pool.idleCount()).isEqualTo(1);
    }
    run(SmallNetwork.picture(12, 8, 0));
    assertThat(pool.idleCount()).isEqualTo(2);
    run(SmallNetwork.picture(8, 12, 0));
    assertThat(pool.idleCount()).isEqualTo(2);
  }

  @Test
  void keepsFewSessionsHoweverManySizes() {
    for (int width = 1; width <= 40; width++) {
      run(SmallNetwork.picture(1, width, 0));
    }
    assertThat(pool.idleCount()).isEqualTo(4);
  }

  @Test
  void givesEachImageItsOwnOutputs() {
    Map<String, Tensor> first = run(SmallNetwork.picture(8, 12, 1));
    float[] before = first.get("segm").data().clone();
    Map<String, Tensor> second = run(SmallNetwork.picture(8, 12, 2));
    assertThat(first.get("segm").data()).isEqualTo(before);
    assertThat(second.get("segm").data()).isNotEqualTo(before);
  }

  private Map<String, Tensor> run(BufferedImage image) {
    return pool.run(image, new ImageSize(image.getHeight(), image.getWidth()), TURN);
  }
}
