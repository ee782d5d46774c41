package dev.hydranet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same scene in JVMs of every kind: without the Vector API, on the class path and on the module
 * path, without a compiler, without the second of them. This package is not one of the module's, so
 * that its classes can be on the class path when the module is not.
 */
@Tag("once")
class JvmModesTest {
  private static final List<String> MODULE_PATH =
      List.of(
          "--module-path",
          OtherJvm.origin(Engine.class) + File.pathSeparator + OtherJvm.origin(HydraNet.class),
          "--add-modules=dev.hydranet",
          "-cp",
          OtherJvm.origin(JvmModesTest.class));

  private record Outcome(String module, String kernels, String scene) {}

  static Stream<List<String>> scalar() {
    return Stream.of(
        List.of(),
        List.of(OtherJvm.VECTORS, "-Xint"),
        List.of(OtherJvm.VECTORS, "-XX:TieredStopAtLevel=1"),
        List.of(OtherJvm.VECTORS, "-XX:CompilationMode=quick-only"),
        MODULE_PATH);
  }

  @ParameterizedTest
  @MethodSource("scalar")
  void withoutVectorsOrTheirCompilerScalarKernelsComputeTheSame(List<String> options)
      throws Exception {
    Outcome asked = predict(List.of(OtherJvm.VECTORS, "-Ddev.hydranet.vectorBits=0"));
    Outcome outcome = predict(options);
    assertThat(outcome.kernels()).startsWith("scalar kernels: ");
    assertThat(outcome.scene()).isEqualTo(asked.scene());
    assertThat(outcome.module()).isEqualTo(options == MODULE_PATH ? "dev.hydranet" : "none");
  }

  @Test
  void theModulePathHasTheKernelsOfTheClassPath() throws Exception {
    List<String> options =
        Stream.concat(Stream.of(OtherJvm.VECTORS), MODULE_PATH.stream()).toList();
    Outcome outcome = predict(options);
    assertThat(outcome.module()).isEqualTo("dev.hydranet");
    Outcome onClassPath = predict(List.of(OtherJvm.VECTORS));
    assertThat(outcome.kernels()).isEqualTo(onClassPath.kernels());
    assertThat(outcome.scene()).isEqualTo(onClassPath.scene());
  }

  private static Outcome predict(List<String> options) throws Exception {
    List<String> lines = OtherJvm.run(Predict.class, options);
    assertThat(lines).hasSize(3);
    return new Outcome(lines.get(0), lines.get(1), lines.get(2));
  }

  /** Prints the network's module, the kernels, and a scene's hash code. */
  static final class Predict {
    public static void main(String[] args) {
      Module module = HydraNet.class.getModule();
      System.out.println(module.isNamed() ? module.getName() : "none");
      System.out.println(Engine.info().reason());
      HydraNetwork network = HydraNetwork.of(5, EnumSet.allOf(Task.class)).scaled(0.1);
      Safetensors weights = new Safetensors(RandomWeights.of(network.graph(), 1), Map.of());
      BufferedImage image = new BufferedImage(43, 37, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 37; y++) {
        for (int x = 0; x < 43; x++) {
          image.setRGB(x, y, x * y * 10_007);
        }
      }
      Scene scene = HydraNet.of(weights, Threads.of(2)).predict(image);
      System.out.println(
          Arrays.hashCode(scene.segmentation().labels())
              + " "
              + Arrays.hashCode(scene.depth().metres())
              + " "
              + Arrays.hashCode(scene.normals().components().data()));
    }
  }
}
