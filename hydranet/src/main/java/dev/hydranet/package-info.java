/** HydraNet and what it predicts. */
package dev.hydranet;
