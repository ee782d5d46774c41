/** Measures how long a network and its steps take; prints tables and draws the roofline chart. */
package dev.hydranet.cli.timing;
