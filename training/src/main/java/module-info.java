/**
 * Renders street scenes with perfect labels: class, depth and surface normal of every pixel. The
 * model in the box was trained on them.
 */
module dev.hydranet.scenes {
  requires java.desktop;

  exports dev.hydranet.scenes;
  exports dev.hydranet.scenes.sample;
}
