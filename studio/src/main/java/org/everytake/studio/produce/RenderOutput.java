package org.everytake.studio.produce;

import org.everytake.render.Output;
import org.everytake.render.Pieces;

/** Where a render puts its intermediate media and its file. */
record RenderOutput(Pieces pieces, MeasuredFile file) implements Output {}
