/** Complete programs for readers of the documents. */
package dev.hydranet.examples;
