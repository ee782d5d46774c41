/**
 * Compiles a graph with its weights and runs it: {@link dev.hydranet.engine.plan.Planner} makes a
 * {@link dev.hydranet.engine.plan.Plan}, which all threads share; a {@link
 * dev.hydranet.engine.plan.Session} holds the memory for inputs of one shape.
 */
package dev.hydranet.engine.plan;
