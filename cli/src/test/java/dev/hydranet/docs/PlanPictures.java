package dev.hydranet.docs;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.network.Variant;

/** From a graph to what runs. */
final class PlanPictures {
  private PlanPictures() {}

  /** Three operators that become one. */
  static Diagram folding() {
    Diagram diagram =
        new Diagram("Convolution, batch normalisation and ReLU6 become one step", 260);
    diagram.text(16, 26, "b", "in the graph").text(268, 26, "b", "in the plan");
    diagram.arrow("", 106, 40, 106, 56);
    diagram.box(16, 56, 180, 34, "blue", "Conv2d  w");
    diagram.arrow("", 106, 90, 106, 110);
    diagram.box(16, 110, 180, 34, "purple", "BatchNorm  γ β μ σ²");
    diagram.arrow("", 106, 144, 106, 164);
    diagram.box(16, 164, 180, 34, "orange", "ReLU6");
    diagram.arrow("", 106, 198, 106, 214);
    diagram.arrow("", 204, 127, 258, 127);
    diagram.arrow("", 366, 40, 366, 56);
    diagram.box(268, 56, 196, 142, "blue");
    diagram.text(366, 84, "m", "Conv2d + BatchNorm");
    diagram.text(366, 104, "m", "+ ReLU6");
    diagram.text(366, 140, "m", "w' = w · γ / √(σ² + ε)");
    diagram.text(366, 162, "m", "b' = β - μ · γ / √(σ² + ε)");
    diagram.text(366, 184, "m", "then clamp to 0 … 6");
    diagram.arrow("", 366, 198, 366, 214);
    diagram.text(16, 242, "s", "3 passes over memory");
    return diagram.text(268, 242, "s", "1 pass over memory");
  }

  /** One block on its way from nodes to kernels. */
  static Diagram plan() {
    Graph graph = Variant.KITTI.network().graph();
    Diagram diagram =
        new Diagram(
            "A block of nine nodes, its three fused nodes, its fusion and its kernels", 420);
    diagram
        .text(16, 26, "b", "Graph")
        .text(70, 26, "s", graph.nodes().size() + " nodes; here layer3.1");
    String[] nodes = {"1×1", "BN", "ReLU6", "3×3", "BN", "ReLU6", "1×1", "BN", "Add"};
    for (int i = 0; i < nodes.length; i++) {
      diagram.box(16 + i * 50, 40, 46, 32, "plain", nodes[i]);
    }
    for (int i = 0; i < 3; i++) {
      double x = 87 + i * 150;
      diagram.arrow("", x, 74, x, 124);
    }
    diagram.text(104, 104, "s", "NodeFusion");
    String[] fused = {"expand", "depthwise", "project"};
    for (int i = 0; i < fused.length; i++) {
      diagram.box(16 + i * 150, 126, 146, 34, "blue", fused[i]);
      diagram.arrow("", 89 + i * 150, 160, 239 + (i - 1) * 40, 208);
    }
    diagram.text(380, 196, "s", "FusionPattern");
    diagram.box(16, 210, 446, 34, "purple", "inverted residual");
    diagram.arrow("", 128, 244, 128, 294).arrow("", 350, 244, 350, 294);
    diagram.text(188, 274, "s", "Lowering: by size");
    diagram.box(16, 296, 218, 56, "green");
    diagram.text(125, 319, "m", "three kernels in a row");
    diagram.text(125, 340, "m s", "where it fits the cache");
    diagram.box(246, 296, 216, 56, "green");
    diagram.text(354, 319, "m", "one kernel, row by row");
    diagram.text(354, 340, "m s", "where it does not");
    diagram.arrow("", 239, 360, 239, 384);
    return diagram.text(239, 404, "m", "steps of a session, with places in its memory");
  }

  /** Values in memory by lifetime. */
  static Diagram arena() {
    Diagram diagram = new Diagram("Values that are never alive at once share memory", 300);
    diagram.text(16, 26, "b", "Memory over time");
    diagram.arrow("", 60, 240, 464, 240).arrow("", 60, 240, 60, 40);
    diagram.text(464, 262, "e s", "steps").text(68, 52, "s", "bytes");
    String[] steps = {"1", "2", "3", "4", "5"};
    for (int i = 0; i < steps.length; i++) {
      diagram.text(96 + i * 76, 262, "m s", steps[i]);
    }
    diagram.box(60, 158, 148, 80, "orange", "expanded");
    diagram.box(136, 78, 148, 80, "orange", "filtered");
    diagram.box(212, 42, 224, 36, "blue", "sum, read in 4 and in 5");
    diagram.box(288, 190, 148, 48, "green", "next");
    diagram.box(364, 142, 72, 48, "green", "last");
    return diagram.text(
        16, 288, "s", "The largest are placed first, each as low as is free all its life.");
  }

  /** Where an operator is known. */
  static Diagram operator() {
    Diagram diagram =
        new Diagram("The places that know an operator, and who tells when one is missing", 420);
    diagram.box(16, 20, 448, 52, "blue");
    diagram.text(240, 42, "m b", "a record that implements Op");
    diagram.text(240, 62, "m s", "output shape, parameters, multiply-adds, rounding");
    String[] places = {"ReferenceExecutor", "Lowering", "OpTranslator"};
    String[] roles = {"what it computes", "which kernel", "what ONNX calls it"};
    for (int i = 0; i < places.length; i++) {
      double x = i == 2 ? 132 : 16 + i * 232;
      double y = 112 + i / 2 * 72;
      diagram.box(x, y, 216, 56, "green");
      diagram.text(x + 108, y + 23, "m", places[i]).text(x + 108, y + 43, "m s", roles[i]);
    }
    diagram.arrow("", 124, 72, 124, 112).arrow("", 356, 72, 356, 112);
    diagram.text(240, 98, "m s", "the compiler asks for");
    String[] tests = {"OperatorCase", "RandomGraph"};
    String[] proofs = {"PyTorch's numbers", "plan against reference"};
    for (int i = 0; i < tests.length; i++) {
      double x = 16 + i * 232;
      diagram.box(x, 288, 216, 56, "orange");
      diagram.text(x + 108, 311, "m", tests[i]).text(x + 108, 331, "m s", proofs[i]);
    }
    diagram.text(240, 274, "m s", "tests that you extend");
    diagram.text(16, 378, "s", "Nothing else names operators: files, sizes, memory and threads");
    return diagram.text(16, 396, "s", "work for one more as they do for the others.");
  }
}
