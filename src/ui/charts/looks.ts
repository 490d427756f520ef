/** Figure styling shared by both renderers: sizes and offsets in pixels, angles in degrees. */

export const TICK_SIZE = 12;
/** Width of a digit in the page's font at size 1. */
export const DIGIT = 0.556;
/** From a vertical axis to the end of its labels, from their beginning to the baseline of the title beside them, and how far that rises. */
export const Y_AXIS = { labels: 3.4, title: 11.7, rise: 9.5 };
export const PANEL_TITLE_SIZE = 12.5;
export const REMARK_SIZE = 11;
/** Angle of slanted names below an axis. */
export const SLANT = -60;

/**
 * Labels on a colour field: dark text on a light ground is legible on every colour. `drop` is the offset below the point. Labels among lines have a halo of the
 * chart's own ground, so wide that lines end before the letters.
 */
export const LABEL = {
  size: 11,
  drop: 15,
  ink: 'rgb(20, 20, 20)',
  ground: 'rgb(255, 255, 255)',
  opacity: 0.75,
  halo: 3,
};
/** Contour lines on a colour field. */
export const CONTOUR_LINE = { width: 0.6, colour: 'rgb(255, 255, 255)', opacity: 0.45 };

export const BAND_OPACITY = 0.16;
export const HOLLOW_WIDTH = 1.2;
export const ERROR_LINE = { width: 1.1, cap: 2 };
export const HATCH = { distance: 6, opacity: 0.1, edge: 1.25 };
export const COLOUR_BAR = { width: 10, gap: 16 };
