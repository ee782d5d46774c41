package dev.hydranet.cli.video;

import dev.hydranet.video.Chroma;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Kinds of video file that ffmpeg writes, and how. */
enum Container {
  /** For browsers: the index comes first. */
  MP4(
      Set.of("mp4", "m4v"),
      "mp4",
      Video.H264,
      List.of("-movflags", "+faststart"),
      Set.of("aac", "mp3"),
      "aac"),
  MOV(
      Set.of("mov"),
      "mov",
      Video.H264,
      List.of("-movflags", "+faststart"),
      Set.of("aac", "mp3", "alac"),
      "aac"),
  MATROSKA(
      Set.of("mkv"),
      "matroska",
      Video.H264,
      List.of(),
      Set.of("aac", "mp3", "ac3", "eac3", "opus", "vorbis", "flac"),
      "aac"),
  WEBM(Set.of("webm"), "webm", Video.VP9, List.of(), Set.of("opus", "vorbis"), "libopus"),
  AVI(Set.of("avi"), "avi", Video.MPEG4, List.of(), Set.of("mp3", "ac3"), "libmp3lame"),
  /** Silent, of 256 colours; Browsers show at most 50 pictures a second. */
  GIF(Set.of("gif"), "gif", Video.PALETTE, List.of(), Set.of(), "");

  /** How pictures are compressed. */
  enum Video {
    H264(
        Chroma.C420JPEG,
        true,
        List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p")),
    VP9(
        Chroma.C420JPEG,
        false,
        List.of(
            "-c:v",
            "libvpx-vp9",
            "-crf",
            "30",
            "-b:v",
            "0",
            "-deadline",
            "good",
            "-cpu-used",
            "5",
            "-row-mt",
            "1",
            "-pix_fmt",
            "yuv420p")),
    MPEG4(Chroma.C420JPEG, false, List.of("-c:v", "mpeg4", "-q:v", "3", "-pix_fmt", "yuv420p")),
    /** In two passes: the palette needs all pictures, and so do their colours at full size. */
    PALETTE(Chroma.C444, false, List.of("-c:v", "ffv1"));

    private final Chroma chroma;
    private final boolean even;
    private final List<String> arguments;

    Video(Chroma chroma, boolean even, List<String> arguments) {
      this.chroma = chroma;
      this.even = even;
      this.arguments = arguments;
    }
  }

  private final Set<String> suffixes;
  private final String muxer;
  private final Video video;
  private final List<String> muxerArguments;
  private final Set<String> audioCopied;
  private final String audioEncoder;

  Container(
      Set<String> suffixes,
      String muxer,
      Video video,
      List<String> muxerArguments,
      Set<String> audioCopied,
      String audioEncoder) {
    this.suffixes = suffixes;
    this.muxer = muxer;
    this.video = video;
    this.muxerArguments = muxerArguments;
    this.audioCopied = audioCopied;
    this.audioEncoder = audioEncoder;
  }

  /** The container that a file's suffix names, whatever its case. */
  static Optional<Container> of(String suffix) {
    String lower = suffix.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.suffixes.contains(lower)).findFirst();
  }

  /** All suffixes, as messages list them. */
  static String suffixes() {
    return Arrays.stream(values())
        .flatMap(one -> one.suffixes.stream().sorted())
        .map(suffix -> "." + suffix)
        .collect(Collectors.joining(", "));
  }

  boolean isSilent() {
    return audioEncoder.isEmpty();
  }

  /** The colour samples that pictures come with. */
  Chroma chroma() {
    return video.chroma;
  }

  /** A side as the compression can have it. */
  int side(int pixels) {
    return video.even ? pixels + pixels % 2 : pixels;
  }

  /** ffmpeg's options for the pictures. */
  List<String> videoArguments() {
    return video.arguments;
  }

  /** ffmpeg's options for the file. */
  List<String> fileArguments() {
    List<String> arguments = new ArrayList<>(muxerArguments);
    arguments.addAll(List.of("-f", muxer));
    return arguments;
  }

  /** ffmpeg's options for sound: copied where the container can have it. */
  List<String> audioArguments(List<String> codecs) {
    return List.of("-c:a", audioCopied.containsAll(codecs) ? "copy" : audioEncoder);
  }
}
