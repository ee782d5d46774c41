/** Predicts classes, depth and surface normals of an image in one pass of one network. */
@org.jspecify.annotations.NullMarked
module dev.hydranet {
  requires transitive dev.hydranet.engine;
  requires transitive java.desktop;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.hydranet;
  exports dev.hydranet.drawing to
      dev.hydranet.cli;
  exports dev.hydranet.eval;
  exports dev.hydranet.images;
  exports dev.hydranet.network;
  exports dev.hydranet.video;

  uses dev.hydranet.BundledWeights;
}
