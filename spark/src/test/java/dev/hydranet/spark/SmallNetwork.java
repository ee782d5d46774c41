package dev.hydranet.spark;

import dev.hydranet.HydraNet;
import dev.hydranet.Metadata;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.images.Images;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A narrow network, of three tasks unless told otherwise, and pictures for it. */
public final class SmallNetwork {
  private static final int DIFFERENT = 1000;

  private SmallNetwork() {}

  public static String write(Path file) throws IOException {
    return write(file, EnumSet.allOf(Task.class));
  }

  static String write(Path file, Set<Task> tasks) throws IOException {
    HydraNetwork network = HydraNetwork.of(5, tasks).scaled(0.1);
    Safetensors.write(
        file,
        SeededTensors.parameters(network.graph(), 4),
        Metadata.of(network).toMap(),
        DType.F32);
    return file.toString();
  }

  /** Writes {@code 00000.ppm} and so on; up to 1,000, each image differs. */
  public static void writeImages(Path folder, int from, int to) throws IOException {
    Files.createDirectories(folder);
    for (int i = from; i < to; i++) {
      Files.write(folder.resolve(String.format("%05d.ppm", i)), image(i % DIFFERENT));
    }
  }

  static byte[] image(int seed) throws IOException {
    int side = 4 + seed % 5;
    byte[] pixels = new byte[3 * side * side];
    new Random(seed).nextBytes(pixels);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(("P6 " + side + " " + side + " 255\n").getBytes(StandardCharsets.US_ASCII));
    file.write(pixels);
    return file.toByteArray();
  }

  /** What a loop on one thread finds: the depths of each image by its file's name, as text. */
  static Map<String, String> loop(String weights, Path folder) throws IOException {
    return loop(weights, folder, PredictOptions.DEFAULT);
  }

  static Map<String, String> loop(String weights, Path folder, PredictOptions options)
      throws IOException {
    HydraNet net = HydraNet.load(Path.of(weights), Threads.of(1));
    Map<String, String> answers = new TreeMap<>();
    Map<ByteBuffer, String> known = new HashMap<>(); // of images that are in several files
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        byte[] image = Files.readAllBytes(file);
        String answer = known.get(ByteBuffer.wrap(image));
        if (answer == null) {
          answer = text(net.predict(Images.read(image), options));
          known.put(ByteBuffer.wrap(image), answer);
        }
        answers.put(file.getFileName().toString(), answer);
      }
    }
    return answers;
  }

  private static String text(Scene scene) {
    return text(
        SceneNumbers.bytes(scene.segmentation().labels()),
        SceneNumbers.bytes(scene.depth().metres()));
  }

  static String text(byte[] labels, byte[] depth) {
    Base64.Encoder encoder = Base64.getEncoder();
    return encoder.encodeToString(labels) + " " + encoder.encodeToString(depth);
  }
}
