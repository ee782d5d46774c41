package dev.hydranet.docs;

/** Tasks and their annotations. */
final class TaskPictures {
  private TaskPictures() {}

  /** Images that have both annotations, or one, and where the other comes from. */
  static Svg annotations() {
    Svg svg = new Svg("Images with uneven annotations, completed by a teacher network", 282);
    svg.text(88, 28, "m b", "images").text(244, 28, "m b", "classes").text(396, 28, "m b", "depth");
    String[] images = {"few, with both", "many, depth only", "more, classes only"};
    for (int i = 0; i < images.length; i++) {
      double y = 44 + i * 58;
      svg.box(16, y, 144, 42, "plain", images[i]);
      target(svg, 176, y, i != 1);
      target(svg, 328, y, i != 2);
    }
    svg.text(16, 246, "s", "Dashed: answered once, before training, by another network,");
    return svg.text(16, 264, "s", "the teacher, which has learned that one task.");
  }

  private static void target(Svg svg, double x, double y, boolean annotated) {
    svg.box(
        x, y, 136, 42, annotated ? "green" : "purple dash", annotated ? "annotated" : "teacher");
  }
}
