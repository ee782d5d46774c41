/** Runs neural networks on the CPU in pure Java: tensors, operators, graphs, plans and sessions. */
@org.jspecify.annotations.NullMarked
module dev.hydranet.engine {
  requires static java.management;
  requires static jdk.incubator.vector;
  requires static jdk.jfr;
  requires static jdk.management;
  requires static org.jspecify;

  exports dev.hydranet.engine;
  exports dev.hydranet.engine.events to
      dev.hydranet;
  exports dev.hydranet.engine.file to
      dev.hydranet,
      dev.hydranet.cli,
      dev.hydranet.converter,
      dev.hydranet.spark;
  exports dev.hydranet.engine.graph;
  exports dev.hydranet.engine.network;
  exports dev.hydranet.engine.plan;
  exports dev.hydranet.engine.reference;
  exports dev.hydranet.engine.serve;
  exports dev.hydranet.engine.tensor;
  exports dev.hydranet.engine.text to
      dev.hydranet,
      dev.hydranet.cli,
      dev.hydranet.converter,
      dev.hydranet.spark;
  exports dev.hydranet.engine.verify;
  exports dev.hydranet.engine.weights;
}
