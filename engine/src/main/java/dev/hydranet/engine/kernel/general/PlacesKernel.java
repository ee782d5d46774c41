package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/**
 * Slices of a tensor at places that another tensor holds: the outermost axes of the output are
 * those of the places. A part is some places.
 */
public final class PlacesKernel implements Kernel {
  private final View in;
  private final View out;
  private final Places places;
  private final int[] sliceFrom;
  private final int[] sliceTo;
  private final Parts parts;

  private PlacesKernel(View in, View out, Places places) {
    this.in = in;
    this.out = out;
    this.places = places;
    this.sliceFrom = places.slice(in, in.rank() - places.inner());
    this.sliceTo = places.slice(out, out.rank() - places.inner());
    this.parts = Parts.of(places.count(), Math.max(1, 1024 / Math.max(1, sliceTo.length)), 1);
  }

  /** Elements at the place of each index, with the index along one axis. */
  public static PlacesKernel elements(int axis, View in, View indices, View out) {
    return new PlacesKernel(in, out, Places.elements(axis, in, indices));
  }

  /** Slices at the places in the last axis of the indices. */
  public static PlacesKernel slices(int batch, View in, View indices, View out) {
    return new PlacesKernel(in, out, Places.slices(batch, in, indices));
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int i = parts.begin(part); i < parts.end(part); i++) {
      int from = places.at(i);
      int to = places.outer(out, i);
      for (int e = 0; e < sliceTo.length; e++) {
        out.data()[to + sliceTo[e]] =
            from == Places.OUTSIDE ? Float.NaN : in.data()[from + sliceFrom[e]];
      }
    }
  }
}
