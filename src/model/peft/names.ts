/** Module paths of the adapted maps, written and recognised. */
import { PROJECTIONS, type Player, type Projection, type TowerName } from '../../core/adapter-layout.ts';
import type { FamilyId } from '../families/registry.ts';
import { FAMILY_NAMES, type FamilyNames, type Naming } from './family-names.ts';

/** Of the maps below their layer, in both namings of some families. */
const namesOf = (families: readonly FamilyNames[]) => families.flatMap(({ maps }) => [maps('v5'), maps('v4')]);

/** Path of a map below its layer → its projection, or the three of a fused map. */
const PROJECTIONS_OF: ReadonlyMap<string, readonly Projection[]> = new Map(
  namesOf(Object.values(FAMILY_NAMES)).flatMap((names) =>
    Object.values(names).map((path): [string, readonly Projection[]] => [
      path,
      PROJECTIONS.filter((projection) => names[projection] === path),
    ]),
  ),
);

const MODULE = /^(?:.*\.)?(?:layers?|blocks)\.(\d+)\.(.+)$/;

interface PairPlace extends Player {
  readonly projection: Projection;
}

export interface AdaptedModule extends Player {
  /** One, or the three of a fused map, whose rows follow each other. */
  readonly projections: readonly Projection[];
}

/**
 * The map that a module path names, for any library and version; null if that map is not adapted here.
 * @param alone tower of a path that names none, as in a model of one tower
 */
export function parseModulePath(path: string, alone: TowerName): AdaptedModule | null {
  const match = MODULE.exec(path);
  const projections = match && PROJECTIONS_OF.get(match[2]);
  if (!match || !projections) return null;
  const tower = /(^|\.)text_model\./.test(path) ? 'text' : /(^|\.)vision_model\./.test(path) ? 'vision' : alone;
  return { tower, layer: Number(match[1]), projections };
}

/** The versions since which all of some families have their new names, and before which all have their old ones; null where one is not known. */
interface Renaming {
  readonly all: string | null;
  readonly none: string | null;
}

/** Null where none of the families was renamed. */
export function renamedIn(families: readonly FamilyId[]): Renaming | null {
  const renamed = families.flatMap((family) => {
    const { renamedIn } = FAMILY_NAMES[family];
    return renamedIn === undefined ? [] : [renamedIn];
  });
  if (renamed.length === 0) return null;
  const known = renamed
    .filter((version) => version !== null)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return { all: renamed.includes(null) ? null : known[known.length - 1], none: known[0] ?? null };
}

/** Path of a module in the model, e.g. "vision_model.encoder.layers.3.self_attn.q_proj". */
export const modulePath = (family: FamilyId, naming: Naming, { tower, layer, projection }: PairPlace): string =>
  `${FAMILY_NAMES[family].layers(tower, naming)}.${layer}.${FAMILY_NAMES[family].maps(naming)[projection]}`;

/** A module that an adapter adapts and that only these names call so; null where both namings call all of its modules alike. */
export function tellingModule(pairs: readonly PairPlace[], family: FamilyId, naming: Naming): string | null {
  const telling = pairs.find((pair) => modulePath(family, 'v4', pair) !== modulePath(family, 'v5', pair));
  return telling ? modulePath(family, naming, telling) : null;
}

/** Every path that an adapted map has below its layer in transformers → its projection. */
export const moduleNames = (): Record<string, string> =>
  Object.fromEntries(
    namesOf(
      Object.values(FAMILY_NAMES).filter(({ modelClass }) => modelClass.parent_library.startsWith('transformers.')),
    ).flatMap((names) => Object.entries(names).map(([projection, path]) => [path, projection])),
  );
