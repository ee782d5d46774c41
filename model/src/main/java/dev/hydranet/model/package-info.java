/** The weights of the model in the box, as a service that {@code HydraNet.bundled()} finds. */
package dev.hydranet.model;
