/**
 * A strip of pictures per bundled task, `atlas/<task>.webp`: what its classes look like, in the first bytes that the page loads. Drawn with the artwork
 * (scripts/atlas/draw-strips.ts), of which it shows a few test images as a study sees them.
 */
import type { LabelledImages } from '../task.ts';

/** Pictures of a class, side by side; the classes follow one another in one row. */
export const STRIP_PER_CLASS = 6;

export const stripFile = (task: string): string => `${task}.webp`;

/**
 * The test images of a strip, class by class: the first ones, which are a fair sample, each of another motif. A class with fewer motifs shows one of them in
 * further styles.
 */
export function stripPlaces(
  { labels, motifs }: Required<Pick<LabelledImages, 'labels' | 'motifs'>>,
  classes: number,
): number[] {
  return Array.from({ length: classes }, (_, label) => {
    const ofClass = [...labels.keys()].filter((place) => labels[place] === label);
    const isFirst = (place: number): boolean => ofClass.find((other) => motifs[other] === motifs[place]) === place;
    const others = ofClass.filter((place) => !isFirst(place));
    return [...ofClass.filter(isFirst), ...others].slice(0, STRIP_PER_CLASS);
  }).flat();
}
