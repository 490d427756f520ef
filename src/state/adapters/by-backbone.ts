/** Which published adapters open on a backbone as they are. */
import { sameJson } from '../../core/same-json.ts';
import type { Said } from '../../core/language/catalogue.ts';
import {
  publishedBaseOf,
  type AdapterManifest,
  type PublishedBase,
} from '../../model/hub/adapters/adapter-manifest.ts';
import { isOtherBase } from '../../model/hub/adapters/base-names.ts';

/** Adapters that were trained for another backbone than the study's, the same one. */
export interface OtherBase extends PublishedBase {
  readonly adapters: readonly AdapterManifest[];
  /** Those that were to be opened with them and were trained for further backbones. */
  readonly later: readonly AdapterManifest[];
  /** Which of the errors says that their backbone could not be fetched: it goes with the question. */
  readonly unfetched?: Said;
}

/** The backbone an adapter was trained for, where it names a published one that is not the study's. */
function otherBaseOf(adapter: AdapterManifest, backbone: string): PublishedBase | null {
  const base = publishedBaseOf(adapter);
  if (!base) return null;
  return isOtherBase(base.baseModel, base.baseRevision, backbone) ? base : null;
}

/** The adapters that open on a backbone as they are, and what must be asked of the others first: of those for one other backbone, the rest later. */
export function sortedFor(
  backbone: string,
  adapters: readonly AdapterManifest[],
): { readonly fitting: readonly AdapterManifest[]; readonly question: OtherBase | null } {
  const based = adapters.map((adapter) => ({ adapter, base: otherBaseOf(adapter, backbone) }));
  const of = (isWanted: (base: PublishedBase | null) => boolean): AdapterManifest[] =>
    based.filter(({ base }) => isWanted(base)).map(({ adapter }) => adapter);
  const fitting = of((base) => base === null);
  const first = based.find(({ base }) => base !== null)?.base;
  if (!first) return { fitting, question: null };
  const isFirst = (base: PublishedBase | null): boolean => sameJson(base, first);
  return {
    fitting,
    question: { ...first, adapters: of(isFirst), later: of((base) => base !== null && !isFirst(base)) },
  };
}
