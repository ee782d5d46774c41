/**
 * Pictures put together of panels with legends and scales, and SVG. For this project's own modules.
 */
package dev.hydranet.drawing;
