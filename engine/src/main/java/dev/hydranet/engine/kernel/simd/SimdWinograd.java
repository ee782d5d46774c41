package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import java.util.Arrays;

/**
 * Convolution 3x3 of stride 1 with a quarter of the multiplications ({@link Winograd}), of the
 * scaled and clamped input where a scale is given. A part is a run of tiles: their inputs are
 * transformed, then there is a matrix product for each of the 36 places in a tile, a row being a
 * tile; what these give is transformed back.
 *
 * <p>Infinities and NaN spread over a whole tile that way, and large numbers may overflow. A tile
 * that comes out with such values is computed again as the sums that it stands for.
 */
final class SimdWinograd implements Kernel {
  private static final int OUT = Winograd.OUT;
  private static final int IN = Winograd.IN;
  private static final int PRODUCTS = Winograd.PRODUCTS;

  /** Transformed inputs and outputs of a part: half of most processors' second-level cache. */
  private static final int CACHED_FLOATS = 1 << 17;

  /** A large array's first element lies 16 bytes into a cache line; here the next line begins. */
  private static final int FIRST = 12;

  private static final int CACHE_LINE = 16;

  /** Terms in a block of a sum: few, for the transforms enlarge rounding errors. */
  private static final int BLOCK = 64;

  private final WinogradTiles tiles;
  private final WinogradStrip strip;
  private final PackedMatrix weights;
  private final Gemm[] products;
  private final Nhwc residual;
  private final Clamp clamp;
  private final int columns;
  private final Parts parts;

  // Where things lie in the scratch memory, from FIRST on, in this order.
  private final int inputPlane;
  private final int outputs;
  private final int outputPlane;
  private final int stripBegin;
  private final int halfway;
  private final int result;

  /**
   * @param scale null if absent
   * @param weights the convolution's, {@code [taps][channels]} deep, with its bias
   * @param products the transformed weights
   * @param residual null if absent
   */
  SimdWinograd(
      Nhwc in,
      ChannelFilter scale,
      Clamp inputClamp,
      Conv2d conv,
      PackedMatrix weights,
      PackedMatrix[] products,
      Nhwc residual,
      Clamp clamp,
      Nhwc out) {
    this.tiles = WinogradTiles.of(conv, in, out);
    this.strip = new WinogradStrip(tiles, scale, inputClamp);
    this.weights = weights;
    this.residual = residual;
    this.clamp = clamp;
    this.columns = weights.columns();
    this.products =
        Arrays.stream(products)
            .map(product -> Gemm.of(product, in.stride(), null, Clamp.NONE, columns, BLOCK))
            .toArray(Gemm[]::new);
    int cached = CACHED_FLOATS / (PRODUCTS * (in.stride() + columns));
    this.parts = Parts.of(tiles.count(), Math.max(1, cached), Gemm.STEP);
    this.inputPlane = plane(in.stride());
    this.outputs = FIRST + PRODUCTS * inputPlane;
    this.outputPlane = plane(columns);
    this.stripBegin = outputs + PRODUCTS * outputPlane;
    this.halfway = stripBegin + strip.floats(parts.size());
    this.result = halfway + OUT * IN * columns;
  }

  /**
   * Floats of a plane, which has a row for each tile: an odd number of cache lines, so that equal
   * places in the planes do not share a set of the cache.
   */
  private int plane(int stride) {
    return Math.ceilDiv(parts.size() * stride, 2 * CACHE_LINE) * 2 * CACHE_LINE + CACHE_LINE;
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long scratchFloats() {
    return result + OUT * OUT * columns;
  }

  @Override
  public long macs() {
    long macs = Arrays.stream(products).mapToLong(product -> product.macs(parts)).sum();
    for (int part = 0; part < parts.count() && strip.scale() != null; part++) {
      int count;
      for (int tile = parts.begin(part); tile < parts.end(part); tile += count) {
        count = strip.tiles(tile, parts.end(part));
        macs += strip.macs(tile, count);
      }
    }
    return macs;
  }

  /** Those that are read while all is finite. */
  @Override
  public long weightFloats() {
    return Arrays.stream(products).mapToLong(product -> product.matrix().floats()).sum()
        + weights.bias().length
        + (strip.scale() == null ? 0 : strip.scale().floats());
  }

  @Override
  public void run(int part, float[] scratch) {
    int begin = parts.begin(part);
    int end = parts.end(part);
    int count;
    for (int tile = begin; tile < end; tile += count) {
      count = strip.tiles(tile, end);
      int to = FIRST + (tile - begin) * tiles.in().stride();
      strip.transform(tile, count, scratch, stripBegin, to, inputPlane);
    }
    for (int i = 0; i < PRODUCTS; i++) {
      int to = outputs + i * outputPlane;
      products[i].run(scratch, FIRST + i * inputPlane, 0, scratch, to, end - begin);
    }
    for (int tile = begin; tile < end; tile++) {
      finish(tile, outputs + (tile - begin) * columns, scratch);
    }
  }

  /**
   * A tile's outputs.
   *
   * @param a the first of its products
   */
  private void finish(int tile, int a, float[] scratch) {
    WinogradTransforms.output(
        scratch,
        a,
        IN * outputPlane,
        outputPlane,
        IN,
        columns,
        scratch,
        halfway,
        IN * columns,
        columns);
    WinogradTransforms.output(
        scratch,
        halfway,
        columns,
        IN * columns,
        OUT,
        columns,
        scratch,
        result,
        columns,
        OUT * columns);
    if (!WinogradTransforms.finite(scratch, result, OUT * OUT * columns)) {
      sum(tile, scratch);
    }
    for (int row = 0; row < tiles.rows(tile); row++) {
      WinogradTransforms.finish(
          scratch,
          result + row * OUT * columns,
          weights.bias(),
          residual,
          clamp,
          tiles.out(),
          tiles.output(tile, row),
          tiles.columns(tile));
    }
  }

  /**
   * A tile's outputs as plain sums: those of the image that its inputs are. They need scratch
   * memory at its beginning, where the transformed inputs have served.
   */
  private void sum(int tile, float[] scratch) {
    Nhwc in = tiles.in();
    strip.gather(tile, 1, scratch, stripBegin);
    Nhwc inputs = new Nhwc(scratch, stripBegin, 1, IN, IN, in.channels(), in.stride());
    Nhwc sums = new Nhwc(scratch, result, 1, OUT, OUT, tiles.out().channels(), columns);
    Conv2d conv = tiles.conv().withPadding(0);
    Kernel kernel = new SimdConv2d(inputs, conv, weights.withoutBias(), null, Clamp.NONE, sums);
    for (int part = 0; part < kernel.parts(); part++) {
      kernel.run(part, scratch);
    }
  }
}
