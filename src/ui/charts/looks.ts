/** How figures look, whoever draws them: sizes and places in pixels, angles in degrees. */

export const TICK_SIZE = 12;
export const PANEL_TITLE_SIZE = 12.5;
export const REMARK_SIZE = 11;
/** Of names below an axis that rise to their tick. */
export const SLANT = -60;

/** Names on a field of colours: dark on light, which is read on every one; so far below their place. */
export const LABEL = { size: 11, drop: 15, ink: 'rgb(20, 20, 20)', ground: 'rgb(255, 255, 255)', opacity: 0.75 };
/** Lines of equal value on such a field. */
export const CONTOUR_LINE = { width: 0.6, colour: 'rgb(255, 255, 255)', opacity: 0.45 };

export const BAND_OPACITY = 0.16;
export const HOLLOW_WIDTH = 1.2;
export const ERROR_LINE = { width: 1.1, cap: 2 };
export const HATCH = { distance: 6, opacity: 0.1, edge: 1.25 };
export const COLOUR_BAR = { width: 10, gap: 16 };
