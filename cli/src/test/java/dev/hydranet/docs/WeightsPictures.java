package dev.hydranet.docs;

/** From a checkpoint to named tensors. */
final class WeightsPictures {
  private WeightsPictures() {}

  /** What happens to a checkpoint's bytes. */
  static Diagram reading() {
    Diagram diagram = new Diagram("A checkpoint on its way to named float32 tensors", 470);
    diagram.box(150, 16, 180, 34, "plain", "a file's first bytes");
    String[] formats = {"zip, since 1.6", "legacy, before", "safetensors"};
    for (int i = 0; i < formats.length; i++) {
      double x = 16 + i * 154;
      diagram.arrow("", 240, 50, x + 70, 84);
      diagram.box(x, 84, 140, 34, i == 2 ? "green" : "blue", formats[i]);
    }
    diagram.arrow("", 86, 118, 86, 152).arrow("", 240, 118, 240, 152);
    diagram.box(16, 152, 294, 56, "orange");
    diagram.text(163, 175, "m", "Unpickler: a stack, a memo");
    diagram.text(163, 195, "m s", "names: TorchGlobals allows or refuses");
    diagram.arrow("", 163, 208, 163, 240);
    diagram.box(16, 240, 294, 56, "orange");
    diagram.text(163, 263, "m", "TensorView");
    diagram.text(163, 283, "m s", "storage, type, offset, size, stride");
    diagram.arrow("", 163, 296, 163, 328);
    diagram.box(16, 328, 294, 56, "orange");
    diagram.text(163, 351, "m", "TensorGatherer");
    diagram.text(163, 371, "m s", "checked against the file, then copied");
    diagram.arrow("", 163, 384, 163, 412);
    diagram.arrow("", 394, 118, 394, 412);
    diagram.text(386, 250, "e s", "checked").text(386, 268, "e s", "header");
    return diagram.box(
        16, 412, 448, 42, "green", "float32 tensors by name, checked against the graph");
  }
}
