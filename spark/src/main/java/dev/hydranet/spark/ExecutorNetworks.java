package dev.hydranet.spark;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The networks of this JVM: one for all tasks that use the same weights in the same way. */
final class ExecutorNetworks {
  private static final System.Logger LOG = System.getLogger(ExecutorNetworks.class.getName());

  /** Executors of a notebook live long and see many weights. */
  private static final int MOST_KEPT = 4;

  private static final Map<Key, HydraNet> NETWORKS =
      Collections.synchronizedMap(
          new LinkedHashMap<>(MOST_KEPT, 1, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, HydraNet> eldest) {
              return size() > MOST_KEPT;
            }
          });

  private static boolean warned; // guarded by NETWORKS

  /** What tells networks apart. */
  private record Key(String sha256, Set<Task> tasks, int threads) {}

  /** Where the weights come from, for those who need them. */
  interface WeightsSource {
    byte[] bytes();
  }

  private ExecutorNetworks() {}

  /**
   * The network; whoever comes first loads it, and the others wait.
   *
   * @param sha256 of the weights
   * @param threads that compute an image
   * @param requireSimd whether a JVM without SIMD kernels is refused
   */
  static HydraNet get(
      String sha256, WeightsSource weights, Set<Task> tasks, int threads, boolean requireSimd) {
    checkKernels(requireSimd);
    Key key = new Key(sha256, Set.copyOf(tasks), threads);
    synchronized (NETWORKS) {
      HydraNet net = NETWORKS.get(key);
      if (net == null) {
        net = load(weights.bytes()).withTasks(tasks).withThreads(Threads.of(threads));
        NETWORKS.put(key, net);
      }
      return net;
    }
  }

  private static HydraNet load(byte[] bytes) {
    try {
      return HydraNet.load(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void checkKernels(boolean requireSimd) {
    Engine.Info info = Engine.info();
    if (info.simd()) {
      return;
    }
    if (requireSimd) {
      throw new IllegalStateException(
          "this executor has no SIMD kernels, and "
              + SharedNetwork.REQUIRE_SIMD
              + " is set: "
              + info.reason());
    }
    synchronized (NETWORKS) {
      if (!warned) {
        warned = true;
        LOG.log(System.Logger.Level.WARNING, "HydraNet is slow on this executor: " + info.reason());
      }
    }
  }
}
