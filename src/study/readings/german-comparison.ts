/** How a comparison is worded in German. No part of a German catalogue: whatever those files export is an area. */
import type { ComparisonWords } from './messages.ts';

/**
 * A sentence whose verb is the second part, and behind "ob" the last.
 * @param where "Mit allen Schichten" @param verb "liegt" @param rest "öfter richtig" @param asked verb and rest behind "ob"
 */
export const germanComparison = (
  where: string,
  verb: string,
  rest: string,
  asked = `${rest} ${verb}`,
): ComparisonWords => ({
  clear: (arm: string) => `${where} ${verb} ${arm} ${rest}.`,
  unclear: (first: string, second: string) => `${where} unterscheiden sich ${first} und ${second} nicht deutlich.`,
  tooFew: (first: string, second: string) =>
    `${where} sind es zu wenige Seeds, um zu sagen, ob ${first} oder ${second} ${asked}.`,
});
