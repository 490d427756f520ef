/**
 * What answers single images: the frozen backbone, a run with everything on, the midpoint between two runs of an arm, a run with every other layer off, or the merge
 * of all runs of an arm. In the order in which a result lists them.
 */
export const KINDS = ['backbone', 'run', 'midpoint', 'layers', 'merge'] as const;
