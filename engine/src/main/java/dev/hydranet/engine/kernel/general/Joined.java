package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;

/** Tensors behind each other along an axis: a copy for each. */
public final class Joined implements Kernel {
  private final IndexedCopy[] copies;
  private final int[] firstParts;
  private final int parts;

  private Joined(List<IndexedCopy> copies) {
    this.copies = copies.toArray(IndexedCopy[]::new);
    this.firstParts = new int[this.copies.length];
    int count = 0;
    for (int i = 0; i < firstParts.length; i++) {
      firstParts[i] = count;
      count += this.copies[i].parts();
    }
    this.parts = count;
  }

  /** For tensors that differ along the axis only. */
  public static Joined of(int axis, List<View> inputs, View out) {
    List<IndexedCopy> copies = new ArrayList<>();
    int begin = 0;
    for (View in : inputs) {
      int offset = out.offset() + begin * out.strides()[axis];
      copies.add(IndexedCopy.copy(in, new View(out.data(), offset, in.dims(), out.strides())));
      begin += in.dims()[axis];
    }
    return new Joined(copies);
  }

  @Override
  public int parts() {
    return parts;
  }

  @Override
  public void run(int part, float[] scratch) {
    int i = copies.length - 1;
    while (firstParts[i] > part) {
      i--;
    }
    copies[i].run(part - firstParts[i], scratch);
  }
}
