/** Means over the seeds of an arm of the Shapley values of single images. */
import { byTopLayer, type LayerGroup } from '../../../../copra/shapley/top-layer.ts';
import type { Player } from '../../../../core/adapter-layout.ts';
import { layerNames } from '../../../../core/layer-names.ts';
import { fixed } from '../../../../core/number-format.ts';
import { mean } from '../../../../core/statistics.ts';
import { imageCredit } from '../../../../study/analyses/shapley/per-image.ts';
import { keptPlaces, trueClasses } from '../../../../study/predictions/answers.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import type { Metric } from '../../../results/names.ts';

export type ImageLayersParts = Pick<StudyResult, 'shapley' | 'config' | 'task'>;

export interface ImageLayers {
  readonly players: readonly Player[];
  readonly names: readonly string[];
  /** [images]: places among the tested images. */
  readonly places: readonly number[];
  /** [layers][images] */
  readonly values: readonly (readonly number[])[];
  readonly groups: readonly LayerGroup[];
  readonly seeds: number;
  /** The result has the values of every picture that was analysed, not of a selection by kind. */
  readonly areAll: boolean;
}

/** How a value of a picture is written: points, or nats. */
export const creditText = (value: number, metric: Metric): string =>
  metric === 'accuracy' ? fixed(100 * value, 1) : fixed(value, 2);

/** What a layer adds at least to a picture that it helps: the least that is not written as 0. */
export const HELPS: Readonly<Record<Metric, number>> = { accuracy: 0.001, loss: 0.01 };

/** Null where none are kept. @param label of the images; null: all */
export function imageLayers(
  result: ImageLayersParts,
  arm: string,
  metric: Metric,
  label: number | null,
): ImageLayers | null {
  const kept = keptPlaces(result);
  const labels = trueClasses(result);
  const credits = result.shapley.flatMap((run) => (run.arm === arm ? (imageCredit(run, kept) ?? []) : []));
  const [first] = credits;
  if (
    !first ||
    credits.some(
      ({ places, players }) => places.length !== first.places.length || players.length !== first.players.length,
    )
  )
    return null;
  const columns = first.places.flatMap((place, i) => (label === null || labels?.[place] === label ? [i] : []));
  const values = first.players.map((_, player) =>
    columns.map((column) => mean(credits.map((credit) => credit[metric][player][column]))),
  );
  return {
    players: first.players,
    names: layerNames(first.players),
    places: columns.map((column) => first.places[column]),
    values,
    groups: columns.length > 0 ? byTopLayer(values, HELPS[metric]) : [],
    seeds: credits.length,
    areAll: result.shapley.every((run) => run.arm !== arm || first.places.length === run.images),
  };
}
