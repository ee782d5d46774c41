package dev.hydranet.docs;

/** Tasks and their annotations. */
final class TaskPictures {
  private TaskPictures() {}

  /** Images that have both annotations, or one, and where the other comes from. */
  static Diagram annotations() {
    Diagram diagram =
        new Diagram("Images with uneven annotations, completed by a teacher network", 282);
    diagram
        .text(88, 28, "m b", "images")
        .text(244, 28, "m b", "classes")
        .text(396, 28, "m b", "depth");
    String[] images = {"few, with both", "many, depth only", "more, classes only"};
    for (int i = 0; i < images.length; i++) {
      double y = 44 + i * 58;
      diagram.box(16, y, 144, 42, "plain", images[i]);
      target(diagram, 176, y, i != 1);
      target(diagram, 328, y, i != 2);
    }
    diagram.text(16, 246, "s", "Dashed: answered once, before training, by another network,");
    return diagram.text(16, 264, "s", "the teacher, which has learned that one task.");
  }

  private static void target(Diagram diagram, double x, double y, boolean annotated) {
    diagram.box(
        x, y, 136, 42, annotated ? "green" : "purple dash", annotated ? "annotated" : "teacher");
  }
}
