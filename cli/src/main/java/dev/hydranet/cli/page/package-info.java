/** Writes HTML pages and other text files. */
package dev.hydranet.cli.page;
