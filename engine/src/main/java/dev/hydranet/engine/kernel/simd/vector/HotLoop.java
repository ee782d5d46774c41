package dev.hydranet.engine.kernel.simd.vector;

import dev.hydranet.engine.kernel.Nhwc;

/**
 * A method that a kernel spends its time in, as {@link WarmUp} compiles it. Each kernel brings its
 * hot loops.
 *
 * <p>The compiler takes up a method after some thousand calls, and shapes it by what it has seen in
 * them. Until then each operation on vectors allocates an object and calls a lambda for every lane;
 * with work in all those calls, all that would become hot, too, and be compiled first. So most of
 * the calls have nothing to do: they count as well.
 *
 * <p>The calls are made by an interpreted loop, which calls the method itself. A compiled loop
 * would call a copy of it, and the method would wait for its turn.
 *
 * <p>The compiler does not inline what such a method seldom does, and where a call remains vectors
 * become objects. Therefore a hot loop calls nothing but the Vector API, which is always inlined,
 * and accessors. And a vector that the loop carries is an argument of what makes it anew, as in
 * {@code x.add(sum)}, not the receiver, whose class the compiler might not know.
 *
 * @param name class and method
 * @param calls calls the method
 */
public record HotLoop(String name, Calls calls) {
  /** Channels of the tensors that hot loops run on: the columns of the widest tile. */
  public static final int CHANNELS = 4 * Vectors.LANES;

  /** Pixels in a row of them. */
  public static final int WIDTH = 34;

  /** Rows of them. */
  public static final int HEIGHT = 6;

  /** Calls of a hot loop. */
  public interface Calls {
    /**
     * Calls the method in a loop. It allocates nothing itself.
     *
     * @param times two in a row go all the ways there are
     * @param rounds of the method's loop, about; 0 for nothing to do
     */
    void make(int times, int rounds);
  }

  /** A tensor of {@link #HEIGHT} rows of {@link #WIDTH} pixels of {@link #CHANNELS} channels. */
  public static Nhwc tensor() {
    return tensor(WIDTH, CHANNELS);
  }

  /** One of {@link #HEIGHT} rows without pixels: what is done for it is nothing. */
  public static Nhwc noPixels() {
    return tensor(0, CHANNELS);
  }

  /** One whose pixels have no channels: what is done for them is nothing. */
  public static Nhwc noChannels() {
    return tensor(WIDTH, 0);
  }

  private static Nhwc tensor(int width, int channels) {
    float[] data = new float[HEIGHT * width * channels];
    return new Nhwc(data, 0, 1, HEIGHT, width, channels, channels);
  }
}
