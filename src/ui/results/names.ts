/** What metrics, layers, ways of merging and the frozen backbone are called in figures and tables. */
import type { Player } from '../../core/adapter-layout.ts';
import { MERGE_METHODS, type Alignment, type MergeMethod } from '../../copra/merging/methods.ts';
import { frozenLabel, frozenOf } from '../../study/run/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { percent } from '../format.ts';

export type Metric = 'accuracy' | 'loss';

export const METRICS = [
  { id: 'accuracy', name: 'Accuracy' },
  { id: 'loss', name: 'Loss' },
] as const;

/** Names of layers on an axis: "3", or "V3" and "T3" where layers of both towers play. */
export function layerNames(players: readonly Pick<Player, 'tower' | 'layer'>[]): string[] {
  const twoTowers = new Set(players.map(({ tower }) => tower)).size > 1;
  return players.map(({ tower, layer }) => (twoTowers ? `${tower[0].toUpperCase()}${layer + 1}` : String(layer + 1)));
}

const ALIGNED: Readonly<Record<Alignment, string>> = { none: '', orthogonal: ', rotated', invertible: ', best P' };

/** The average of the adapters' logits, shown beside merges. */
export const ENSEMBLE = 'Ensemble of logits';

/** Name of a way of merging in figures and tables. */
export const mergeName = ({ method, alignment }: { method: MergeMethod; alignment: Alignment }): string =>
  (MERGE_METHODS.find(({ id }) => id === method)?.name ?? method) + ALIGNED[alignment];

/** "Zero-shot 29.1 %" */
export const frozenText = (task: StudyResult['task']): string =>
  `${frozenLabel(task)} ${percent(frozenOf(task)?.accuracy)}`;
