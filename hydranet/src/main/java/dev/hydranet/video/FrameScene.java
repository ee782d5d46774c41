package dev.hydranet.video;

import dev.hydranet.Scene;

/**
 * A frame and what the network sees in it.
 *
 * @param <F> what frames are
 * @param index of the frame, from 0
 * @param frame as it was given
 * @param scene of the frame's size
 */
public record FrameScene<F>(long index, F frame, Scene scene) {}
