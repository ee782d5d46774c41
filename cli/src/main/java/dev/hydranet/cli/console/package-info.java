/** Terminal output next to the results: progress, and failures in one line. */
package dev.hydranet.cli.console;
