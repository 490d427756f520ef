/** The sentence under the adapters as points. */
import { listed } from '../../../core/listed.ts';
import type { Relation } from '../../../copra/geometry/relations.ts';
import { valueSpread } from '../../../study/readings/numbers.ts';
import { countedEach, nothingYet, sentence, type Reading } from '../../../study/readings/words.ts';
import { GEOMETRY_WORDS } from './messages.ts';

/**
 * How close seeds and methods are to each other, by both measures.
 * @param space of the vectors: the A and B of adapters, or their ΔW
 * @param nameOf the name of an arm
 */
export function geometryReading(
  relations: readonly Relation[],
  space: 'factors' | 'updates',
  nameOf: (arm: string) => string,
): Reading {
  if (relations.length === 0) return nothingYet();
  const of = (kind: Relation['kind']) => relations.filter((relation) => relation.kind === kind);
  const said = (list: readonly Relation[], name: (relation: Relation) => string): string =>
    list.map((relation) => `${name(relation)} ${valueSpread(relation.cosines)}`).join(', ');
  const arms = ({ arms: [arm] }: Relation): string => nameOf(arm);
  const others = of('other seed');
  const methods = of('other method');
  const away = of('pretrained');
  const ways = away.map((relation) => `${arms(relation)} ${valueSpread(relation.distances)}`);
  const over = GEOMETRY_WORDS.caption.over(
    countedEach(
      away.map(({ distances }) => distances.length),
      'seed',
    ),
  );
  const apart = GEOMETRY_WORDS.caption.distances(GEOMETRY_WORDS.caption.starts[space], ways.join(', '));
  const cosines = [
    others.length > 0 ? GEOMETRY_WORDS.caption.seeds(GEOMETRY_WORDS.caption.spaces[space], said(others, arms)) : '',
    methods.length > 0
      ? GEOMETRY_WORDS.caption.methods(said(methods, ({ arms: both }) => listed(both.map(nameOf))))
      : '',
  ].filter(Boolean);
  const first = [...(cosines.length > 0 ? cosines : [apart]), over];
  return { numbers: sentence(first), reading: sentence(cosines.length > 0 ? [...first, apart] : first) };
}
