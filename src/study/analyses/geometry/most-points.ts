/** Most adapters compared. With more, the snapshots between the first and last step are dropped, then those of the first step. */
export const MAX_POINTS = 256;
