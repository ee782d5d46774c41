package dev.hydranet.cli.video;

import dev.hydranet.video.Chroma;
import dev.hydranet.video.FrameRate;

/**
 * What is known of a video before its frames are.
 *
 * @param width of the frames, in pixels
 * @param height of the frames, in pixels
 * @param rate frames a second; the mean where each frame has its own time
 * @param timed whether each frame has its own time
 * @param pixelAspect width to height of a pixel, as Y4M has it
 * @param chroma how many colour samples it has
 * @param frames how many will come, -1 if that is not known
 */
record StreamInfo(
    int width,
    int height,
    FrameRate rate,
    boolean timed,
    String pixelAspect,
    Chroma chroma,
    long frames) {}
