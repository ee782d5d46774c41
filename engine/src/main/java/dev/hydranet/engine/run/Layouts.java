package dev.hydranet.engine.run;

import dev.hydranet.engine.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of rank 4 are images, with channels innermost, and which lie row-major: those that
 * only pass between steps that take any layout, where one of these works along the last axis, as
 * the products of attention do.
 */
final class Layouts {
  private static final int IMAGE_RANK = 4;

  private final Map<String, String> parents = new HashMap<>();
  private final Set<String> images = new HashSet<>();
  private final Set<String> rows = new HashSet<>();

  private Layouts() {}

  /** The values that are images. */
  static Set<String> images(Iterable<String> inputs, List<Step> steps, Map<String, Shape> shapes) {
    Layouts layouts = new Layouts();
    Map<String, Shape> all = new HashMap<>(shapes);
    steps.forEach(step -> all.put(step.name(), step.extent().of(shapes)));
    for (Step step : steps) {
      if (step.layout() == Step.Layout.EQUAL) {
        step.reads().forEach(read -> layouts.tie(read, step.name()));
      }
    }
    for (Step step : steps) {
      layouts.touch(step, step.name());
      step.reads().forEach(read -> layouts.touch(step, read));
    }
    Set<String> images = new HashSet<>();
    Set<String> names = new HashSet<>();
    inputs.forEach(names::add);
    steps.forEach(step -> names.add(step.name()));
    for (String name : names) {
      if (all.get(name).rank() == IMAGE_RANK && layouts.isImage(name)) {
        images.add(name);
      }
    }
    return images;
  }

  /** Values that must lie alike. */
  private void tie(String a, String b) {
    String root = root(a);
    String other = root(b);
    if (!root.equals(other)) {
      parents.put(root, other);
    }
  }

  /** What stands for all values that must lie like one; a loop, as chains of ties may be long. */
  private String root(String name) {
    String root = name;
    while (parents.containsKey(root)) {
      root = parents.get(root);
    }
    for (String next = name; !next.equals(root); ) {
      next = parents.put(next, root);
    }
    return root;
  }

  private void touch(Step step, String value) {
    switch (step.layout()) {
      case PIXELS -> images.add(root(value));
      case ROWS -> rows.add(root(value));
      case ANY, EQUAL -> {}
    }
  }

  private boolean isImage(String name) {
    String root = root(name);
    return images.contains(root) || !rows.contains(root);
  }
}
