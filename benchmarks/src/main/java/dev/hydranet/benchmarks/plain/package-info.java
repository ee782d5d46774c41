/** Plain loops, left to the compiler: the arm that hand-written vectors are compared with. */
package dev.hydranet.benchmarks.plain;
