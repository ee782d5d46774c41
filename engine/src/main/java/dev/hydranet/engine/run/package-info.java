/**
 * Runs the steps of a session: their order, the memory that their values share, and the threads.
 */
package dev.hydranet.engine.run;
