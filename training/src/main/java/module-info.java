/** Rendered street scenes with perfect labels. */
module dev.hydranet.scenes {
  requires java.desktop;

  exports dev.hydranet.scenes;
}
