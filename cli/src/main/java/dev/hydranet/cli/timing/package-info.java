/** How long a network and its steps take, as numbers, tables and a picture. */
package dev.hydranet.cli.timing;
