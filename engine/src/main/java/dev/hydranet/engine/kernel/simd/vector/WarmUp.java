package dev.hydranet.engine.kernel.simd.vector;

import dev.hydranet.engine.events.FlightRecorder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Compiles the hot loops of the kernels before a network runs, each once in a JVM, on its own
 * thread. Without it the first run of a network would do most of its work with an object for each
 * vector, and the compiler would have to find its loops among those that handle the objects.
 *
 * <p>A loop is compiled when it no longer allocates. Where the JVM does not count allocations, each
 * loop gets as many calls as have always been enough.
 */
public final class WarmUp {
  /** Calls with nothing to do, for two with work. */
  private static final int IDLE_CALLS = 1024;

  /** Looks with idle calls: enough for the compiler to see the method, too few for their loop. */
  private static final int IDLE_LOOKS = 32;

  /** Of a loop in a call with work: as few as will do, since each costs some hundred calls. */
  private static final int ROUNDS = 2;

  /** Loops at once: while one is compiled, the next become ready. */
  private static final int AT_ONCE = 6;

  /** Between two looks at a loop, so that the compiler has the processor. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  /** Looks at a loop where nothing says whether it is compiled. */
  private static final int BLIND_LOOKS = 128;

  /** Where compiling takes so long, networks run without. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Whose loops have begun. */
  private static final Set<Class<?>> BEGUN = new HashSet<>();

  /** Loops that no thread has taken yet. */
  private static final List<Supplier<List<HotLoop>>> PENDING = new ArrayList<>();

  /** Whether a thread will take those that are pending. */
  private static boolean working;

  /** The thread that was started last; null until then. */
  private static volatile Thread thread;

  private final Optional<LongSupplier> allocated;
  private final Queue<HotLoop> waiting;
  private final List<Taken> taken = new ArrayList<>();

  /** A loop that is being called. */
  private static final class Taken {
    private final HotLoop loop;
    private int looks;

    Taken(HotLoop loop) {
      this.loop = loop;
    }
  }

  private WarmUp(Optional<LongSupplier> allocated, List<HotLoop> loops) {
    this.allocated = allocated;
    this.waiting = new ArrayDeque<>(loops);
  }

  /**
   * Begins, unless it has begun.
   *
   * @param owner of the loops: a kernel, or all that most networks need
   * @param loops makes them
   */
  public static synchronized void begin(Class<?> owner, Supplier<List<HotLoop>> loops) {
    if (BEGUN.add(owner)) {
      PENDING.add(loops);
      if (!working) {
        start();
      }
    }
  }

  private static void start() {
    Thread compiling =
        Thread.ofPlatform()
            .name("hydranet-warm-up")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(WarmUp::compilePending);
    compiling.setContextClassLoader(null);
    try {
      compiling.start();
      working = true;
      thread = compiling;
    } catch (OutOfMemoryError e) {
      // The system has no thread left: the loops are compiled while networks run.
    }
  }

  private static void compilePending() {
    List<HotLoop> loops = takePending();
    while (!loops.isEmpty()) {
      long began = System.nanoTime();
      List<HotLoop> left = compile(loops, LIMIT, ThreadAllocations.counter());
      FlightRecorder.warmedUp(loops.size(), left.size(), began);
      loops = takePending();
    }
  }

  private static synchronized List<HotLoop> takePending() {
    List<HotLoop> loops = PENDING.stream().flatMap(next -> next.get().stream()).toList();
    PENDING.clear();
    working = !loops.isEmpty();
    return loops;
  }

  /** Waits for the end of what has begun, unless the calling thread is interrupted. */
  public static void await() {
    Thread begun = thread;
    try {
      if (begun != null && begun.isAlive()) {
        begun.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Calls loops until they are compiled.
   *
   * @param allocated counts the bytes that the calling thread has allocated, if anything does
   * @return those that are not compiled after the given time
   */
  public static List<HotLoop> compile(
      List<HotLoop> loops, Duration limit, Optional<LongSupplier> allocated) {
    return new WarmUp(allocated, loops).compile(System.nanoTime() + limit.toNanos());
  }

  private List<HotLoop> compile(long end) {
    while (System.nanoTime() < end) {
      while (taken.size() < AT_ONCE && !waiting.isEmpty()) {
        taken.add(new Taken(waiting.remove()));
      }
      taken.removeIf(this::isCompiled);
      if (taken.isEmpty() && waiting.isEmpty()) {
        return List.of();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    List<HotLoop> left = new ArrayList<>(taken.stream().map(next -> next.loop).toList());
    left.addAll(waiting);
    return left;
  }

  /** Calls a loop some more; tells whether it is compiled. */
  private boolean isCompiled(Taken next) {
    next.looks++;
    if (next.looks <= IDLE_LOOKS) {
      next.loop.calls().make(IDLE_CALLS, 0);
    }
    if (allocated.isEmpty()) {
      next.loop.calls().make(2, ROUNDS);
      return next.looks >= BLIND_LOOKS;
    }
    long before = allocated.get().getAsLong();
    next.loop.calls().make(2, ROUNDS);
    return allocated.get().getAsLong() == before;
  }
}
