/** The facts about backbones of adapters as JSON, each of the different ones once: with DoRA they are far more numbers than the adapter. */
import * as v from 'valibot';
import { PROJECTIONS, type Projection, type TowerName } from '../../core/adapter-layout.ts';
import { ofProjections, type AdapterBase } from '../../model/peft/base.ts';
import { FAMILY_IDS } from '../../model/peft/family-names.ts';

const number = v.pipe(v.number(), v.finite());
const towerShape = v.object({ layers: number, width: number, mlpWidth: number });
const RowsSchema = v.array(v.object(v.entriesFromList(PROJECTIONS, v.array(number))));

export const ListedBaseSchema = v.object({
  family: v.picklist(FAMILY_IDS),
  shapes: v.object({ vision: v.optional(towerShape), text: v.optional(towerShape) }),
  layerScales: v.nullable(v.array(v.object({ o: v.array(number), fc2: v.array(number) }))),
  /** Present for DoRA adapters only, and absent in files older than DoRA support. */
  rowNorms: v.optional(v.nullable(v.object({ vision: v.optional(RowsSchema), text: v.optional(RowsSchema) })), null),
});
type ListedBase = v.InferOutput<typeof ListedBaseSchema>;

/** Converts every list of the row norms. */
function mapNorms<From, To>(
  norms: Partial<Record<TowerName, readonly Readonly<Record<Projection, From>>[]>> | null,
  change: (norms: From) => To,
): Partial<Record<TowerName, Record<Projection, To>[]>> | null {
  const changed = (layers: readonly Readonly<Record<Projection, From>>[]) =>
    layers.map((maps) => ofProjections((projection) => change(maps[projection])));
  return (
    norms && {
      ...(norms.vision && { vision: changed(norms.vision) }),
      ...(norms.text && { text: changed(norms.text) }),
    }
  );
}

export const listedBase = ({ layerScales, rowNorms, ...base }: AdapterBase): ListedBase => ({
  ...base,
  layerScales: layerScales?.map(({ o, fc2 }) => ({ o: [...o], fc2: [...fc2] })) ?? null,
  rowNorms: mapNorms(rowNorms, (norms) => [...norms]),
});

export const baseOf = ({ layerScales, rowNorms, ...base }: ListedBase): AdapterBase => ({
  ...base,
  layerScales: layerScales?.map(({ o, fc2 }) => ({ o: Float32Array.from(o), fc2: Float32Array.from(fc2) })) ?? null,
  rowNorms: mapNorms(rowNorms, (norms) => Float64Array.from(norms)),
});

const layersOf = ({ rowNorms }: AdapterBase) => [rowNorms?.vision, rowNorms?.text];

/** All but the numbers of the lists. */
const outlineOf = (base: AdapterBase): string =>
  JSON.stringify([base.family, base.shapes, base.layerScales?.length, layersOf(base).map((layers) => layers?.length)]);

const listsOf = (base: AdapterBase): ArrayLike<number>[] => [
  ...(base.layerScales ?? []).flatMap(({ o, fc2 }) => [o, fc2]),
  ...layersOf(base).flatMap((layers = []) => layers.flatMap((maps) => PROJECTIONS.map((map) => maps[map]))),
];

const isSameList = (one: ArrayLike<number>, other: ArrayLike<number>): boolean =>
  one.length === other.length && Array.prototype.every.call(one, (value, i) => value === other[i]);

/** By value: every adapter comes from the worker with a copy of its own. */
function isSame(one: AdapterBase, other: AdapterBase): boolean {
  if (outlineOf(one) !== outlineOf(other)) return false;
  const others = listsOf(other);
  return listsOf(one).every((list, i) => isSameList(list, others[i]));
}

/** The different ones, and which of them each is. */
export function distinctBases(bases: readonly AdapterBase[]): {
  readonly different: readonly AdapterBase[];
  readonly which: readonly number[];
} {
  const different: AdapterBase[] = [];
  const which = bases.map((base) => {
    const at = different.findIndex((other) => isSame(other, base));
    return at < 0 ? different.push(base) - 1 : at;
  });
  return { different, which };
}
