/** Flight Recorder events of the engine. They cost nothing while no recording runs. */
package dev.hydranet.engine.events;
