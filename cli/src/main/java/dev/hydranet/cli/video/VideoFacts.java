package dev.hydranet.cli.video;

import dev.hydranet.video.FrameRate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ffprobe says about a video file.
 *
 * @param video the keys of its first video stream that is no cover picture
 * @param audioCodecs of its audio streams
 * @param start of the file in seconds; the streams' times are counted from there
 * @param duration of the file in seconds, 0 if it is not known
 */
record VideoFacts(
    Map<String, String> video, List<String> audioCodecs, double start, double duration) {
  /** The number of the video stream in the file. */
  String index() {
    return video.get("index");
  }

  String pixelFormat() {
    return video.getOrDefault("pix_fmt", "");
  }

  String colourSpace() {
    return video.getOrDefault("color_space", "");
  }

  /** Seconds in one tick of the stream's clock. */
  double tick() {
    return ratio("time_base").map(base -> base.perSecond()).orElse(1.0);
  }

  /** The least rate that all of the stream's times fit. */
  Optional<FrameRate> baseRate() {
    return ratio("r_frame_rate");
  }

  /** Frames over duration. */
  Optional<FrameRate> meanRate() {
    return ratio("avg_frame_rate");
  }

  private Optional<FrameRate> ratio(String key) {
    String[] parts = video.getOrDefault(key, "0/0").split("/");
    try {
      int above = Integer.parseInt(parts[0]);
      int below = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
      return above > 0 && below > 0 ? Optional.of(new FrameRate(above, below)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
