/** Adapters compared: with more of them, first those on the way and then the first ones are left out. */
export const MAX_POINTS = 256;
