package dev.hydranet.cli.video;

import dev.hydranet.network.Task;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is shown of a scene. */
public enum View {
  /** The frame with the classes' colours laid over it. */
  OVERLAY(Task.SEGM),
  /** The classes' colours. */
  SEGM(Task.SEGM),
  /** The depth from near to far. */
  DEPTH(Task.DEPTH),
  /** The surface normals as colours. */
  NORMAL(Task.NORMAL),
  /** The frame and all that the network answers, side by side. */
  GRID(null);

  private final Task task;

  View(Task task) {
    this.task = task;
  }

  /**
   * The tasks that the network must answer for it.
   *
   * @param known those that it can
   * @throws IllegalArgumentException if it cannot answer the view's
   */
  public Set<Task> tasks(Set<Task> known) {
    if (task == null) {
      return known;
    }
    if (!known.contains(task)) {
      throw new IllegalArgumentException(
          "--view "
              + label()
              + " needs weights with the task "
              + task.label()
              + "; these have "
              + String.join(", ", known.stream().map(Task::label).toList()));
    }
    return EnumSet.of(task);
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
