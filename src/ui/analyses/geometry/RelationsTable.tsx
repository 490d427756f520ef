import type { Relation } from '../../../copra/geometry/relations.ts';
import { valueSpread } from '../../../study/readings/numbers.ts';
import { MeasuresCard } from '../../results/MeasuresCard.tsx';
import { SpreadText } from '../../results/measure-cells.tsx';
import { GEOMETRY_WORDS } from './messages.ts';

interface Props {
  /** Relations in factor space and update space, with matching rows. */
  readonly factors: readonly Relation[];
  readonly updates: readonly Relation[];
  readonly nameOf: (arm: string) => string;
}

/** Similarity and distance of trained adapters. */
export function RelationsTable({ factors, updates, nameOf }: Props) {
  return (
    <MeasuresCard title={GEOMETRY_WORDS.relations.title} caption={GEOMETRY_WORDS.relations.caption}>
      <thead>
        <tr>
          {GEOMETRY_WORDS.relations.head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {factors.map((relation, i) => (
          <tr key={`${relation.kind} ${relation.arms.join()}`}>
            <th scope="row">
              {GEOMETRY_WORDS.relations.row(relation.arms.map(nameOf), GEOMETRY_WORDS.relations.kinds[relation.kind])}
            </th>
            <td>
              <SpreadText text={valueSpread(relation.cosines)} />
            </td>
            <td>
              <SpreadText text={valueSpread(relation.distances)} />
            </td>
            <td>
              <SpreadText text={valueSpread(updates[i].cosines)} />
            </td>
            <td>
              <SpreadText text={valueSpread(updates[i].distances)} />
            </td>
          </tr>
        ))}
      </tbody>
    </MeasuresCard>
  );
}
