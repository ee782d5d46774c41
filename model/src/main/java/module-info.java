/** The model in the box: weights for {@code HydraNet.bundled()}. */
module dev.hydranet.model {
  requires dev.hydranet;

  provides dev.hydranet.BundledWeights with
      dev.hydranet.model.StreetWeights;
}
