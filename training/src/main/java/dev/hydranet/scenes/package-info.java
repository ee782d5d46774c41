/**
 * Renders street scenes: {@link dev.hydranet.scenes.Render} is the command, {@link
 * dev.hydranet.scenes.Renderer} the class behind it.
 */
package dev.hydranet.scenes;
