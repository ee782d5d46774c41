package dev.hydranet.network;

import java.util.List;
import java.util.stream.Stream;

/** What the published networks' classes are called, by index. */
final class ClassNames {
  /** The six of KITTI's annotations that the paper uses. */
  static final List<String> KITTI =
      List.of("sky", "building", "road", "sidewalk", "vegetation", "car");

  /** The 40 of NYU Depth v2 (Gupta et al., CVPR 2013). */
  static final List<String> NYUD =
      List.of(
          "wall",
          "floor",
          "cabinet",
          "bed",
          "chair",
          "sofa",
          "table",
          "door",
          "window",
          "bookshelf",
          "picture",
          "counter",
          "blinds",
          "desk",
          "shelves",
          "curtain",
          "dresser",
          "pillow",
          "mirror",
          "floor mat",
          "clothes",
          "ceiling",
          "books",
          "refrigerator",
          "television",
          "paper",
          "towel",
          "shower curtain",
          "box",
          "whiteboard",
          "person",
          "night stand",
          "toilet",
          "sink",
          "lamp",
          "bathtub",
          "bag",
          "other structure",
          "other furniture",
          "other prop");

  /** NYUD's, then KITTI's. */
  static final List<String> NYUD_KITTI = Stream.concat(NYUD.stream(), KITTI.stream()).toList();

  private ClassNames() {}
}
