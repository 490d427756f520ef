/** Tables count layers from 1, results from 0: their half "even" has layers 1, 3, 5 … */
const HALVES: ReadonlyMap<string, string> = new Map([
  ['even', 'layers 1, 3, 5 …'],
  ['odd', 'layers 2, 4, 6 …'],
]);

/** How tables name a mask: halves by their layers, others by their label in results. */
export const maskInTable = (label: string): string => HALVES.get(label) ?? label;
