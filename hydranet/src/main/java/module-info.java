/** HydraNet: segmentation, depth and surface normals from one pass. */
module dev.hydranet {
  requires transitive dev.hydranet.engine;
  requires transitive java.desktop;

  exports dev.hydranet;
  exports dev.hydranet.drawing to
      dev.hydranet.cli;
  exports dev.hydranet.eval;
  exports dev.hydranet.images;
  exports dev.hydranet.network;
  exports dev.hydranet.video;

  uses dev.hydranet.BundledWeights;
}
