package dev.hydranet.cli.video;

import dev.hydranet.Colormap;
import dev.hydranet.DepthRange;
import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.drawing.Pixels;
import java.awt.image.BufferedImage;

/** Shows scenes. For one thread at a time. */
interface FramePainter {
  /** The scale of all depths. */
  Colormap DEPTHS = Colormap.PLASMA;

  /** A picture of {@link BufferedImage#TYPE_INT_RGB} for {@link #paint}. */
  BufferedImage newPicture();

  /**
   * Paints a scene.
   *
   * @param frame that it was predicted from
   * @param picture one of {@link #newPicture}, which may show an earlier scene
   */
  void paint(BufferedImage frame, Scene scene, BufferedImage picture);

  /** The painter of a view for frames of one size. */
  static FramePainter of(View view, HydraNet net, int width, int height) {
    return switch (view) {
      case OVERLAY ->
          of(
              width,
              height,
              (frame, scene, rgb) -> scene.segmentation().paintOver(Pixels.of(frame), rgb));
      case SEGM ->
          of(
              width,
              height,
              (frame, scene, rgb) ->
                  scene.segmentation().paint(scene.segmentation().palette(), rgb));
      case DEPTH -> {
        DepthRange range = net.metadata().depthRange().orElse(DepthRange.KITTI);
        yield of(width, height, (frame, scene, rgb) -> scene.depth().paint(DEPTHS, range, rgb));
      }
      case NORMAL -> of(width, height, (frame, scene, rgb) -> scene.normals().paint(rgb));
      case GRID -> new GridPainter(net, width, height);
    };
  }

  /** Writes the pixels of a view that is as large as the frame. */
  interface Pixelwise {
    void paint(BufferedImage frame, Scene scene, int[] rgb);
  }

  private static FramePainter of(int width, int height, Pixelwise view) {
    return new FramePainter() {
      @Override
      public BufferedImage newPicture() {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      }

      @Override
      public void paint(BufferedImage frame, Scene scene, BufferedImage picture) {
        view.paint(frame, scene, Pixels.of(picture));
      }
    };
  }
}
