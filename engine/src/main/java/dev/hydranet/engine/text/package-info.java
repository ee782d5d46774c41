/** Text output: JSON, and strings from files made safe for a one-line message. */
package dev.hydranet.engine.text;
