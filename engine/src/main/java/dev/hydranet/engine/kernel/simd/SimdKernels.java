package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Epilogue;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.MatrixProducts;
import dev.hydranet.engine.kernel.MultiplyAdds;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Resampling;
import dev.hydranet.engine.kernel.simd.function.Exponential;
import dev.hydranet.engine.kernel.simd.function.VectorFunction;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import dev.hydranet.engine.kernel.simd.general.SimdFunction;
import dev.hydranet.engine.kernel.simd.general.SimdGlobalAverage;
import dev.hydranet.engine.kernel.simd.general.SimdLayerNorm;
import dev.hydranet.engine.kernel.simd.general.SimdMatMul;
import dev.hydranet.engine.kernel.simd.general.SimdProduct;
import dev.hydranet.engine.kernel.simd.general.SimdSoftmax;
import dev.hydranet.engine.kernel.simd.general.SimdTapSum;
import dev.hydranet.engine.kernel.simd.general.SimdVectorProduct;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.LoopStrips;
import dev.hydranet.engine.kernel.simd.vector.VectorApi;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import dev.hydranet.engine.kernel.simd.vector.WarmUp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;

/** Kernels on the Vector API, lanes over channels. */
public final class SimdKernels implements KernelProvider, FusedKernels {
  /**
   * Made reflectively, so that nothing else links the incubator module.
   *
   * @throws LinkageError if the Vector API is not the one that the kernels know
   */
  public SimdKernels() {
    VectorApi.check();
  }

  /** All of them. */
  static List<HotLoop> hotLoops(int panel) {
    return Stream.of(
            hotLoopsOfMostNetworks(panel),
            WinogradTransforms.hotLoops(),
            SimdMaxPool.hotLoops(),
            SimdMultiplyAdds.hotLoops(),
            VectorFunction.hotLoops(),
            SimdProduct.hotLoops(),
            SimdTapSum.hotLoops(),
            SimdVectorProduct.hotLoops(),
            SimdMatMul.hotLoops(),
            SimdSoftmax.hotLoops(),
            SimdLayerNorm.hotLoops(),
            SimdGlobalAverage.hotLoops())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that are compiled in any case; the others, when a kernel is made that has them. */
  private static List<HotLoop> hotLoopsOfMostNetworks(int panel) {
    return Stream.of(
            Gemm.hotLoops(panel),
            Depthwise3x3.hotLoops(),
            SimdDepthwise.hotLoops(),
            Pool5x5.hotLoops(),
            SimdMaxPool5x5.hotLoops(),
            PooledPairs.hotLoops(),
            SimdChainedPooling.hotLoops(),
            FusionRows.hotLoops(),
            SimdElementwise.hotLoops(),
            SimdUpsample.hotLoops(),
            SimdScale.hotLoops(),
            SimdShiftAdd.hotLoops(),
            DepthwiseWindow.hotLoops())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void warmUp() {
    WarmUp.begin(SimdKernels.class, () -> hotLoopsOfMostNetworks(panel()));
  }

  @Override
  public void awaitWarmUp() {
    WarmUp.await();
  }

  @Override
  public int lanes() {
    return Vectors.LANES;
  }

  /**
   * Tiles of 5x4 vectors need 32 vector registers: AVX-512 at any width, and AArch64. With 16,
   * tiles of 6x2 are the fastest if the compiler spills no sum, which happens where it cuts loops
   * into strips; elsewhere they run at half speed, and smaller tiles are faster.
   */
  @Override
  public int panel() {
    boolean manyRegisters =
        FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512
            || System.getProperty("os.arch").equals("aarch64");
    return (manyRegisters ? 4 : LoopStrips.EXPECTED ? 2 : 3) * Vectors.LANES;
  }

  @Override
  public Kernel pointwise(Nhwc in, PackedMatrix weights, Nhwc residual, Clamp clamp, Nhwc out) {
    if (in.pixels() == 1) {
      WarmUp.begin(SimdVectorProduct.class, SimdVectorProduct::hotLoops);
      return new SimdVectorProduct(in, weights, residual, clamp, out);
    }
    return new SimdPointwise(
        in, residual, out, Gemm.of(weights, in.stride(), residual, clamp, out.stride()));
  }

  @Override
  public Kernel conv2d(
      Nhwc in, Conv2d conv, PackedMatrix[] weights, Nhwc residual, Clamp clamp, Nhwc out) {
    return weights.length == 1
        ? new SimdConv2d(in, conv, weights[0], residual, clamp, out)
        : new SimdGroupedConv2d(in, conv, weights, clamp, out);
  }

  @Override
  public Kernel depthwise(
      Nhwc in, Conv2d conv, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    return new SimdDepthwise(in, conv, filter, residual, clamp, out);
  }

  @Override
  public Kernel scale(Nhwc in, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    return new SimdScale(in, filter, residual, clamp, out);
  }

  @Override
  public Kernel maxPool(Nhwc in, MaxPool2d pool, Nhwc out) {
    if (pool.equals(MaxPool2d.of(5, 1, 2))) {
      return new SimdMaxPool5x5(in, out);
    }
    WarmUp.begin(SimdMaxPool.class, SimdMaxPool::hotLoops);
    return new SimdMaxPool(in, pool, out);
  }

  @Override
  public Kernel upsample(Nhwc in, Upsample.Mode mode, Nhwc residual, Clamp clamp, Nhwc out) {
    return new SimdUpsample(in, Resampling.of(in, mode, out), residual, clamp, out);
  }

  @Override
  public Kernel elementwise(Nhwc in, Nhwc residual, Clamp clamp, Nhwc out) {
    return new SimdElementwise(in, residual, clamp, out);
  }

  @Override
  public MultiplyAdds multiplyAdds() {
    WarmUp.begin(SimdMultiplyAdds.class, SimdMultiplyAdds::hotLoops);
    return new SimdMultiplyAdds();
  }

  @Override
  public Optional<FusedKernels> fused() {
    return Optional.of(this);
  }

  @Override
  public boolean has(Unary function) {
    return VectorFunction.of(function).isPresent();
  }

  @Override
  public Kernel function(Nhwc in, Unary function, Nhwc out) {
    WarmUp.begin(VectorFunction.class, VectorFunction::hotLoops);
    return new SimdFunction(VectorFunction.of(function).orElseThrow(), in, out);
  }

  @Override
  public Epilogue function(Unary function) {
    WarmUp.begin(VectorFunction.class, VectorFunction::hotLoops);
    VectorFunction vectors = VectorFunction.of(function).orElseThrow();
    return (values, first, pixels) -> {
      int begin = values.pixel(first);
      vectors.run(values.data(), begin, values.data(), begin, pixels * values.stride());
    };
  }

  @Override
  public Epilogue scale(ChannelFilter filter) {
    return (values, first, pixels) ->
        SimdScale.scale(
            values,
            first,
            pixels,
            filter,
            Clamp.NONE,
            values.data(),
            values.pixel(first),
            values.stride());
  }

  @Override
  public Kernel product(Nhwc in, Nhwc factors, Nhwc out) {
    WarmUp.begin(SimdProduct.class, SimdProduct::hotLoops);
    return new SimdProduct(in, factors, out);
  }

  @Override
  public Kernel tapSum(Nhwc taps, ConvTranspose2d op, float[] bias, Clamp clamp, Nhwc out) {
    WarmUp.begin(SimdTapSum.class, SimdTapSum::hotLoops);
    return new SimdTapSum(op, taps, bias, clamp, out);
  }

  @Override
  public Kernel softmax(Nhwc in, Nhwc out) {
    WarmUp.begin(SimdSoftmax.class, SimdSoftmax::hotLoops);
    WarmUp.begin(Exponential.class, Exponential::hotLoops);
    return new SimdSoftmax(in, out);
  }

  @Override
  public Kernel layerNorm(Nhwc in, float[] weight, float[] bias, double eps, Nhwc out) {
    WarmUp.begin(SimdLayerNorm.class, SimdLayerNorm::hotLoops);
    return new SimdLayerNorm(in, weight, bias, eps, out);
  }

  @Override
  public Optional<Kernel> matMul(MatrixProducts products) {
    if (!SimdMatMul.suits(products)) {
      return Optional.empty();
    }
    WarmUp.begin(SimdMatMul.class, SimdMatMul::hotLoops);
    return Optional.of(new SimdMatMul(products));
  }

  @Override
  public Kernel globalAverage(Nhwc in, Nhwc out) {
    WarmUp.begin(SimdGlobalAverage.class, SimdGlobalAverage::hotLoops);
    return new SimdGlobalAverage(in, out);
  }

  @Override
  public Kernel invertedResidual(
      Nhwc in,
      PackedMatrix expand,
      Clamp expandClamp,
      Conv2d depthwise,
      ChannelFilter filter,
      Clamp depthwiseClamp,
      PackedMatrix project,
      Nhwc residual,
      Clamp clamp,
      Nhwc out) {
    int channels = filter.channels();
    return new SimdInvertedResidual(
        in,
        Gemm.of(expand, in.stride(), null, expandClamp, channels),
        depthwise.stride().height(),
        filter,
        depthwiseClamp,
        Gemm.of(project, channels, residual, clamp, out.stride()),
        residual,
        out);
  }

  @Override
  public Kernel chainedPooling(Nhwc in, ChannelFilter[] filters, Nhwc out) {
    return new SimdChainedPooling(BlockRows.of(in), filters, out);
  }

  @Override
  public int poolingBlock() {
    return Pool5x5.BLOCK;
  }

  @Override
  public Kernel refinement(
      Nhwc coarse,
      Upsample.Mode mode,
      Nhwc fine,
      PackedMatrix[] weights,
      Clamp clamp,
      ChannelFilter[] filters,
      Nhwc out) {
    Resampling resampling = Resampling.of(coarse, mode, out);
    BlockRows fusion = new FusionRows(coarse, resampling, fine, weights, clamp);
    return new SimdChainedPooling(fusion, filters, out);
  }

  @Override
  public Kernel scaledPointwise(
      Nhwc in, ChannelFilter filter, Clamp inputClamp, PackedMatrix weights, Nhwc out) {
    return new SimdScaledPointwise(in, filter, inputClamp, weights, out);
  }

  @Override
  public Kernel shiftAdd(Nhwc taps, Conv2d conv, float[] bias, Clamp clamp, Nhwc out) {
    return new SimdShiftAdd(taps, conv, bias, clamp, out);
  }

  @Override
  public Kernel winograd(
      Nhwc in,
      ChannelFilter scale,
      Clamp inputClamp,
      Conv2d conv,
      PackedMatrix weights,
      PackedMatrix[] products,
      Nhwc residual,
      Clamp clamp,
      Nhwc out) {
    WarmUp.begin(WinogradTransforms.class, WinogradTransforms::hotLoops);
    return new SimdWinograd(in, scale, inputClamp, conv, weights, products, residual, clamp, out);
  }
}
