package dev.hydranet.network;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The HydraNets whose weights are published. */
public enum Variant {
  /** Streets: six classes and depth. */
  KITTI("kitti", ClassNames.KITTI, EnumSet.of(Task.SEGM, Task.DEPTH), 80),
  /** Rooms: 40 classes and depth. */
  NYUD("nyud", ClassNames.NYUD, EnumSet.of(Task.SEGM, Task.DEPTH), 8),
  /** Rooms: 40 classes, depth and surface normals. */
  NYUD3("nyud3", ClassNames.NYUD, EnumSet.allOf(Task.class), 8),
  /** Both: classes 0 to 39 are NYUD's, 40 to 45 KITTI's; one depth map serves both. */
  NYUDKITTI("nyudkitti", ClassNames.NYUD_KITTI, EnumSet.of(Task.SEGM, Task.DEPTH), 80);

  private final String id;
  private final List<String> classNames;
  private final double maxDepth;
  private final HydraNetwork network;

  Variant(String id, List<String> classNames, Set<Task> tasks, double maxDepth) {
    this.id = id;
    this.classNames = classNames;
    this.maxDepth = maxDepth;
    this.network = HydraNetwork.of(classNames.size(), tasks);
  }

  /** {@return the name on the command line and in files: {@code kitti}, {@code nyud}, ..} */
  public String id() {
    return id;
  }

  /** {@return the classes' names, by index} */
  public List<String> classNames() {
    return classNames;
  }

  /** {@return the depth in metres where the shown range, which starts at 0, ends} */
  public double maxDepth() {
    return maxDepth;
  }

  /** {@return the network} */
  public HydraNetwork network() {
    return network;
  }

  /**
   * {@return the variant of an id}
   *
   * @param id {@code kitti}, {@code nyud}, {@code nyud3} or {@code nyudkitti}
   * @throws IllegalArgumentException if there is none
   */
  public static Variant named(String id) {
    return find(variant -> variant.id.equals(id))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected kitti, nyud, nyud3 or nyudkitti, found '" + id + "'"));
  }

  /**
   * {@return the published variant that a network is, if any}
   *
   * @param network any
   */
  public static Optional<Variant> of(HydraNetwork network) {
    return find(variant -> variant.network.equals(network));
  }

  private static Optional<Variant> find(Predicate<Variant> condition) {
    return Arrays.stream(values()).filter(condition).findFirst();
  }
}
