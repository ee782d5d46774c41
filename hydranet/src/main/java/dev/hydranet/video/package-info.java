/**
 * Scenes from the frames of a video, in order and overlapped: {@link
 * dev.hydranet.video.SceneStream}. Beside it what frames travel in: YUV4MPEG2 streams and the way
 * from Y'CbCr to RGB and back.
 */
package dev.hydranet.video;
