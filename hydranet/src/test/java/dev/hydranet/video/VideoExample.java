package dev.hydranet.video;

import dev.hydranet.HydraNet;
import dev.hydranet.Segmentation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The Java of docs/video.md. */
final class VideoExample {
  private VideoExample() {}

  /** The class of the middle pixel in each frame of a Y4M stream. */
  static List<String> middles(HydraNet net, InputStream in) throws IOException {
    Y4mReader video = new Y4mReader(in, "camera");
    List<String> middles = new ArrayList<>();
    try (SceneStream<YuvFrame> scenes =
        SceneStream.ofPlanes(net, video.frames(), StreamOptions.DEFAULT.withSmoothing(0.7))) {
      while (scenes.hasNext()) {
        FrameScene<YuvFrame> next = scenes.next(); // in order; the next frames are computed already
        Segmentation segmentation = next.scene().segmentation();
        int middle = segmentation.classAt(segmentation.width() / 2, segmentation.height() / 2);
        middles.add(segmentation.className(middle));
      }
    }
    return middles;
  }
}
