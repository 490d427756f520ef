/** The Shapley values of one picture, as bars like those of all pictures. */
import { useMemo } from 'react';
import { pictureLayersReading } from './pictures/picture-layers-caption.ts';
import { layerNames } from '../../../core/layer-names.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import { shapleyOfImages } from '../../../study/analyses/shapley/per-image.ts';
import { keptPlaces } from '../../../study/predictions/answers.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { Chart } from '../../charts/Chart.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { byArm } from '../../results/read-arms.ts';
import type { Metric } from '../../results/names.ts';
import css from '../../results/pictures/pictures.module.css';
import { SHAPLEY_WORDS } from './messages.ts';
import { shapleyPlot } from './shapley-plot.ts';

const HEIGHT = 210;

interface LayersOfPictureProps {
  readonly result: StudyResult;
  /** Of the picture, among the tested images. */
  readonly place: number;
  readonly metric: Metric;
}

export function LayersOfPicture({ result, place, metric }: LayersOfPictureProps) {
  const { config, task } = result;
  const shapley = useMemo(
    () => shapleyOfImages(result.shapley, keptPlaces(result), (other) => other === place),
    [result, place],
  );
  const build = useMemo(() => shapleyPlot({ shapley, config, task }, metric), [shapley, config, task, metric]);
  const reading = useMemo(
    () =>
      pictureLayersReading(
        byArm(result, shapley).map(({ name, results }) => ({
          name,
          layers: results.length > 0 ? layerNames(results[0].players) : [],
          values: columnSpreads(results.map((run) => run[metric])).map(({ mean }) => mean),
          seeds: results.length,
        })),
        metric,
      ),
    [result, shapley, metric],
  );
  return (
    <>
      <p className={css.note}>{reading}</p>
      <Legend arms={config.arms} />
      {build && (
        <div style={{ height: HEIGHT }}>
          <Chart build={build} height={HEIGHT} label={`${SHAPLEY_WORDS.ofPicture} ${reading}`} />
        </div>
      )}
    </>
  );
}
