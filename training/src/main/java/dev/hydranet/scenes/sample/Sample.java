package dev.hydranet.scenes.sample;

/**
 * A rendered picture and what is true of it, row by row from the top.
 *
 * @param rgb [height, width, 3], sRGB
 * @param labels [height, width], a class's index, or -1 (255) where no class is meant
 * @param depth [height, width], unsigned, metres along the optical axis times 256, 0 = unknown
 * @param normals [height, width, 3], unsigned, (x + 1) / 2, (y + 1) / 2, (1 - z) / 2 times 255 in
 *     the camera's coordinates (x to the right, y down, z forward); all zero = unknown
 */
public record Sample(
    int height, int width, byte[] rgb, byte[] labels, short[] depth, byte[] normals) {

  /** The names of the classes, by index. */
  public static final String[] CLASSES = {
    "sky", "building", "road", "sidewalk", "vegetation", "car"
  };

  /** Units of depth to the metre. */
  public static final int DEPTH_SCALE = 256;

  /** Depth is unknown beyond this, metres, as to KITTI's laser. */
  public static final double DEPTH_RANGE = 80;

  /** An empty sample: black, all sky, no depth and no normal known. */
  public Sample(int height, int width) {
    this(
        height,
        width,
        new byte[3 * height * width],
        new byte[height * width],
        new short[height * width],
        new byte[3 * height * width]);
  }
}
