/** Times this engine and native CPU runtimes on the same networks and images. */
package dev.hydranet.benchmarks.peers;
