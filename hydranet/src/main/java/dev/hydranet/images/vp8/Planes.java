package dev.hydranet.images.vp8;

/** The samples of a picture: luma, and chroma at half the size. */
final class Planes {
  final Plane luma;
  final Plane blue;
  final Plane red;

  /** Those of whole macroblocks. */
  Planes(int columns, int rows) {
    luma = new Plane(16 * columns, 16 * rows);
    blue = new Plane(8 * columns, 8 * rows);
    red = new Plane(8 * columns, 8 * rows);
  }
}
