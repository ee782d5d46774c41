/**
 * Shares the processor among concurrent requests: a queue of limited length in front, and one limit
 * on compute threads for all networks.
 */
package dev.hydranet.engine.serve;
