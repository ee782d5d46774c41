package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Shape;

/**
 * The lines of elements along an axis, or along all axes from one on taken together, of a row-major
 * array.
 *
 * @param count how many lines
 * @param length elements of a line
 * @param step from one element of a line to the next
 */
record Lines(int count, int length, int step) {
  /** The lines along one axis, negative to count from the end. */
  static Lines along(int axis, Shape shape) {
    int at = axis < 0 ? axis + shape.rank() : axis;
    int step = 1;
    for (int i = at + 1; i < shape.rank(); i++) {
      step *= shape.dim(i);
    }
    int length = shape.dim(at);
    int lines = (int) (shape.elementCount() / Math.max(1, length));
    return new Lines(lines, length, step);
  }

  /** The lines along all axes from one on. */
  static Lines from(int axis, Shape shape) {
    int at = axis < 0 ? axis + shape.rank() : axis;
    int length = 1;
    for (int i = at; i < shape.rank(); i++) {
      length *= shape.dim(i);
    }
    return new Lines((int) (shape.elementCount() / Math.max(1, length)), length, 1);
  }

  /** The index of the first element of a line. */
  int start(int line) {
    return line / step * step * length + line % step;
  }
}
