/** How a comparison is worded in German. No part of a German catalogue: whatever those files export is an area. */
import type { ComparisonWords } from './messages.ts';

/**
 * A sentence whose verb is the second part.
 * @param where "Mit allen Schichten" @param verb "liegt" @param rest "öfter richtig" @param measure with its preposition: "in der Testgenauigkeit"
 */
export const germanComparison = (where: string, verb: string, rest: string, measure: string): ComparisonWords => ({
  measure,
  clear: (arm, other) => `${where} ${verb} ${arm} ${rest} als ${other}.`,
  unclear: (first, second) => `${first} und ${second} unterscheiden sich ${measure} nicht deutlich.`,
  tooFew: (first, second) => `Zu wenige Seeds, um ${first} und ${second} ${measure} zu unterscheiden.`,
  equal: (first, second) => `${first} und ${second} sind ${measure} bei jedem Seed gleich.`,
});
