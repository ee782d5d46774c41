/** Other programs that commands start, such as ffmpeg. */
package dev.hydranet.cli.process;
