/** What a terminal shows beside results: progress, and failures in one line. */
package dev.hydranet.cli.console;
