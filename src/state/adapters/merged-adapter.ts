/** Several adapters merged into one, which the page lists beside them. */
import { mergeAdapters } from '../../copra/merge-adapters.ts';
import type { MergeMethod } from '../../copra/merging/method-ids.ts';
import { mergeMethod } from '../../copra/merging/methods.ts';
import { normalisedWeights } from '../../copra/merging/normalised-weights.ts';
import { ADAPTER_NAMES } from '../../share/adapter/messages.ts';
import { common } from '../../share/adapter/provenance.ts';
import { otherBackboneNote } from '../../share/adapter/trained-for.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import type { ListedAdapter } from './adapter-list.ts';
import type { NewAdapter } from './adapters-store.ts';
import { ADAPTER_STATE_WORDS } from './messages.ts';

export interface MergeRequest {
  readonly method: MergeMethod;
  /** One per adapter, which do not add up to 0; normalised to a sum of 1. */
  readonly weights: readonly number[];
  readonly density: number;
}

/** "LoRA · seeds 0, 1, 2" where all are runs of one arm, else their names; a merge among them in brackets. */
function sourcesText(adapters: readonly ListedAdapter[]): string {
  const runs = adapters.flatMap(({ provenance }) => (provenance.kind === 'run' ? [provenance] : []));
  const arms = new Set(runs.map(({ arm }) => arm.name));
  if (runs.length === adapters.length && arms.size === 1)
    return ADAPTER_NAMES.runs(
      PRESET_WORDS.arm(runs[0].arm),
      runs.map(({ seed }) => seed),
    );
  return adapters.map(({ name, kind }) => (kind === 'merged' ? `(${name})` : name)).join(' + ');
}

/** @throws RangeError when the adapters do not fit together, or the weights add up to 0 */
export function mergedAdapter(
  adapters: readonly ListedAdapter[],
  { method, weights, density }: MergeRequest,
): NewAdapter {
  const normalised = normalisedWeights(weights);
  if (!normalised) throw new RangeError(ADAPTER_STATE_WORDS.zeroWeights);
  const merged = mergeAdapters(adapters, { method, weights: normalised, density });
  const [{ base, backbone }] = adapters;
  return {
    kind: 'merged',
    name: `${mergeMethod(method).name}: ${sourcesText(adapters)}`,
    layout: merged.layout,
    scale: merged.scale,
    values: Float32Array.from(merged.values),
    base,
    backbone,
    trainedFor: common(adapters.map(({ trainedFor }) => trainedFor)),
    classes: common(adapters.map(({ classes }) => classes)) ?? [],
    warnings: adapters.flatMap(({ name, trainedFor }) =>
      trainedFor ? [`${name}: ${otherBackboneNote(trainedFor, backbone)}`] : [],
    ),
    provenance: {
      kind: 'merge',
      method,
      density: mergeMethod(method).trims ? density : null,
      sources: adapters.map(({ name, provenance }, i) => ({ name, weight: normalised[i], from: provenance })),
    },
  };
}
