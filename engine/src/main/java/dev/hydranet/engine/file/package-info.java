/**
 * Opens weight files, recognises other kinds of files, and writes files so that a failure leaves
 * nothing half-written.
 */
package dev.hydranet.engine.file;
