import type { Relation } from '../../../copra/geometry/relations.ts';
import { valueSpread } from '../../../copra/readings/geometry.ts';
import { MeasuresCard } from '../../results/MeasuresCard.tsx';
import { SpreadText } from '../../results/measure-cells.tsx';

const KINDS: Record<Relation['kind'], string> = {
  'other seed': 'same method, other seed',
  'other method': 'same seed, other method',
  pretrained: 'trained, pretrained',
};

interface Props {
  /** Relations in factor space and update space, with matching rows. */
  readonly factors: readonly Relation[];
  readonly updates: readonly Relation[];
  readonly nameOf: (arm: string) => string;
}

/** Similarity and distance of trained adapters. */
export function RelationsTable({ factors, updates, nameOf }: Props) {
  return (
    <MeasuresCard
      title="Distances between trained adapters"
      caption={
        <>
          Mean ± standard deviation over pairs (of the last rows over runs). The pretrained model is the adapter zero,
          to which there is no angle.
        </>
      }
    >
      <thead>
        <tr>
          <th scope="col">Of two adapters</th>
          <th scope="col">A, B: cosine</th>
          <th scope="col">A, B: distance</th>
          <th scope="col">ΔW: cosine</th>
          <th scope="col">ΔW: distance</th>
        </tr>
      </thead>
      <tbody>
        {factors.map((relation, i) => (
          <tr key={`${relation.kind} ${relation.arms.join()}`}>
            <th scope="row">
              {relation.arms.map(nameOf).join(', ')}: {KINDS[relation.kind]}
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
