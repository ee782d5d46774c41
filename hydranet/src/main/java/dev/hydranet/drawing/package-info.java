/** Pictures put together of panels, with legends and scales. Not exported. */
package dev.hydranet.drawing;
