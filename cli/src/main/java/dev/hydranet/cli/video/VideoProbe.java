package dev.hydranet.cli.video;

import dev.hydranet.cli.process.ChildProcess;
import dev.hydranet.cli.process.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks ffprobe. */
final class VideoProbe {
  private static final String KEYS =
      "stream=index,codec_type,codec_name,pix_fmt,color_space,field_order,r_frame_rate,avg_frame_rate,"
          + "time_base:stream_disposition=attached_pic:format=start_time,duration";

  private final Path ffprobe;
  private final Path file;

  VideoProbe(Programs programs, Path file) {
    this.ffprobe = programs.ffprobe();
    this.file = file;
  }

  /**
   * The facts of the file.
   *
   * @throws IOException if it is no video
   */
  VideoFacts facts() throws IOException {
    Map<String, String> video = null;
    List<String> audio = new ArrayList<>();
    Map<String, String> format = new HashMap<>();
    try (ChildProcess probe = start("-show_entries", KEYS);
        BufferedReader lines = reader(probe)) {
      Map<String, String> section = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          section.put(line.substring(0, equals), line.substring(equals + 1));
        } else if (line.equals("[/STREAM]") && isVideo(section) && video == null) {
          video = Map.copyOf(section);
        } else if (line.equals("[/STREAM]") && "audio".equals(section.get("codec_type"))) {
          audio.add(section.getOrDefault("codec_name", ""));
        } else if (line.equals("[/FORMAT]")) {
          format.putAll(section);
        }
        // Within a stream there may be parts, such as [SIDE_DATA].
        if (line.equals("[STREAM]") || line.equals("[FORMAT]")) {
          section.clear();
        }
      }
      probe.await();
    }
    if (video == null) {
      throw new IOException(file + ": there is no video in it");
    }
    return new VideoFacts(
        video, audio, seconds(format.get("start_time")), seconds(format.get("duration")));
  }

  private static boolean isVideo(Map<String, String> stream) {
    return "video".equals(stream.get("codec_type"))
        && !"1".equals(stream.get("DISPOSITION:attached_pic"));
  }

  private static double seconds(String text) {
    try {
      return text == null ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0; // N/A
    }
  }

  /** When frames are shown, from the file's packets, which are read but not decoded. */
  FrameTimes times(VideoFacts facts, Selection selection) throws IOException {
    FrameTimes times = new FrameTimes(facts, selection);
    try (ChildProcess probe = packets(facts);
        BufferedReader lines = reader(probe)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(",");
        boolean dropped = words.length > 1 && words[1].contains("D");
        if (!dropped) {
          times.add(words[0]);
        }
      }
      probe.await();
    }
    times.end();
    return times;
  }

  /** When frames are shown that need no others, in seconds after the file's beginning, in order. */
  List<Double> keyFrames(VideoFacts facts) throws IOException {
    List<Double> times = new ArrayList<>();
    try (ChildProcess probe = packets(facts);
        BufferedReader lines = reader(probe)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(",");
        if (words.length > 1 && words[1].startsWith("K") && words[0].matches("-?[0-9]+")) {
          times.add(Long.parseLong(words[0]) * facts.tick() - facts.start());
        }
      }
      probe.await();
    }
    return times.stream().sorted().toList();
  }

  private ChildProcess packets(VideoFacts facts) throws IOException {
    return start(
        "-select_streams", facts.index(), "-show_entries", "packet=pts,flags", "-of", "csv=p=0");
  }

  private ChildProcess start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-v", "error"));
    all.addAll(List.of(arguments));
    all.add("file:" + file);
    ChildProcess probe = ChildProcess.start(ffprobe, all, file.toString());
    probe.input().close();
    return probe;
  }

  private static BufferedReader reader(ChildProcess probe) {
    return new BufferedReader(new InputStreamReader(probe.output(), StandardCharsets.UTF_8));
  }
}
