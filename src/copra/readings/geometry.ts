import { listed } from '../../core/listed.ts';
import { fixed, MISSING } from '../../core/number-format.ts';
import type { Relation } from '../geometry/relations.ts';
import { standardDeviation } from '../../core/statistics.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { countedEach, meanOfKnown, sentence } from './words.ts';

/** "0.16", "1.85 ± 0.20" over two or more values. */
export function valueSpread(values: readonly number[], digits = 2): string {
  const known = values.filter(Number.isFinite);
  const centre = meanOfKnown(known);
  if (centre === null) return MISSING;
  const text = fixed(centre, digits);
  return known.length > 1 ? `${text} ± ${fixed(standardDeviation(known), digits)}` : text;
}

/**
 * How close seeds and methods are to each other, by both measures.
 * @param space of the vectors: the A and B of adapters, or their ΔW
 * @param nameOf the name of an arm
 */
export function geometryReading(
  relations: readonly Relation[],
  space: 'factors' | 'updates',
  nameOf: (arm: string) => string,
): string {
  if (relations.length === 0) return READING_WORDS.nothingYet;
  const of = (kind: Relation['kind']) => relations.filter((relation) => relation.kind === kind);
  const said = (list: readonly Relation[], name: (relation: Relation) => string): string =>
    list.map((relation) => `${name(relation)} ${valueSpread(relation.cosines)}`).join(', ');
  const arms = ({ arms: [arm] }: Relation): string => nameOf(arm);
  const others = of('other seed');
  const methods = of('other method');
  const away = of('pretrained');
  const ways = away.map((relation) => `${arms(relation)} ${valueSpread(relation.distances)}`);
  const seeds = countedEach(
    away.map(({ distances }) => distances.length),
    'seed',
  );
  return sentence([
    others.length > 0 ? CAPTION_WORDS.geometry.seeds(CAPTION_WORDS.geometry.spaces[space], said(others, arms)) : '',
    methods.length > 0
      ? CAPTION_WORDS.geometry.methods(said(methods, ({ arms: both }) => listed(both.map(nameOf))))
      : '',
    CAPTION_WORDS.geometry.distances(CAPTION_WORDS.geometry.starts[space], ways.join(', '), seeds),
  ]);
}
