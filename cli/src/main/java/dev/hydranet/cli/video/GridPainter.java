package dev.hydranet.cli.video;

import dev.hydranet.DepthRange;
import dev.hydranet.HydraNet;
import dev.hydranet.Metadata;
import dev.hydranet.Scene;
import dev.hydranet.drawing.FontLettering;
import dev.hydranet.drawing.Footer;
import dev.hydranet.drawing.Legend;
import dev.hydranet.drawing.Lettering;
import dev.hydranet.drawing.Overview;
import dev.hydranet.drawing.Panel;
import dev.hydranet.drawing.PanelScale;
import dev.hydranet.drawing.Pixels;
import dev.hydranet.drawing.ScaleBar;
import dev.hydranet.network.Task;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frame, the classes over it, the depth and the normals side by side. What stands around the
 * panels, the legend and the scale among it, is drawn once and does not change.
 */
final class GridPainter implements FramePainter {
  private record Part(Rectangle place, FramePainter.Pixelwise view) {}

  private final PanelScale scale;
  private final List<Part> parts = new ArrayList<>();
  private final BufferedImage empty;
  private final int[] full; // a panel as large as the frame
  private final int[] scaled; // as large as it is shown

  GridPainter(HydraNet net, int width, int height) {
    this.scale = new PanelScale(width, height);
    this.full = new int[width * height];
    this.scaled = new int[scale.scaledWidth() * scale.scaledHeight()];
    Lettering lettering = FontLettering.orPixels();
    Metadata metadata = net.metadata();
    DepthRange range = metadata.depthRange().orElse(DepthRange.KITTI);
    BufferedImage blank = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    List<Panel> panels = new ArrayList<>();
    List<FramePainter.Pixelwise> views = new ArrayList<>();
    panels.add(new Panel("Input", width + " x " + height, blank, Footer.NONE));
    views.add((frame, scene, rgb) -> System.arraycopy(Pixels.of(frame), 0, rgb, 0, rgb.length));
    if (net.tasks().contains(Task.SEGM)) {
      Legend legend = Legend.ofNames(classes(metadata), lettering);
      panels.add(new Panel("Segmentation", "", blank, legend));
      views.add((frame, scene, rgb) -> scene.segmentation().paintOver(Pixels.of(frame), rgb));
    }
    if (net.tasks().contains(Task.DEPTH)) {
      ScaleBar bar =
          new ScaleBar(
              range.nearest(),
              range.farthest(),
              fraction -> DEPTHS.rgb((float) fraction),
              lettering);
      panels.add(new Panel("Depth", "", blank, bar));
      views.add((frame, scene, rgb) -> scene.depth().paint(DEPTHS, range, rgb));
    }
    if (net.tasks().contains(Task.NORMAL)) {
      panels.add(new Panel("Normals", "RGB = x, y, -z", blank, Footer.NONE));
      views.add((frame, scene, rgb) -> scene.normals().paint(rgb));
    }
    Overview overview = new Overview(panels, lettering);
    this.empty = overview.draw();
    for (int i = 0; i < views.size(); i++) {
      parts.add(new Part(overview.place(i), views.get(i)));
    }
  }

  private static List<Legend.Entry> classes(Metadata metadata) {
    return IntStream.range(0, metadata.classNames().size())
        .mapToObj(
            index ->
                new Legend.Entry(
                    metadata.classNames().get(index), 0, metadata.palette().rgb(index)))
        .toList();
  }

  @Override
  public BufferedImage newPicture() {
    BufferedImage picture =
        new BufferedImage(empty.getWidth(), empty.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] pixels = Pixels.of(empty);
    System.arraycopy(pixels, 0, Pixels.of(picture), 0, pixels.length);
    return picture;
  }

  @Override
  public void paint(BufferedImage frame, Scene scene, BufferedImage picture) {
    int[] target = Pixels.of(picture);
    for (Part part : parts) {
      part.view().paint(frame, scene, full);
      scale.apply(full, scaled);
      Rectangle place = part.place();
      for (int y = 0; y < place.height; y++) {
        System.arraycopy(
            scaled,
            y * place.width,
            target,
            (place.y + y) * picture.getWidth() + place.x,
            place.width);
      }
    }
  }
}
