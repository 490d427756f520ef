import { barrierMeasure } from '../../../study/result/measures/paths.ts';
import { BETTER } from '../../results/names.ts';
import { messageOf } from '../../results/message-of.ts';
import { useMemo, useState } from 'react';
import { landscapeCsv } from '../../../share/analyses/landscape/csv.ts';
import type { Glimpse } from '../../../study/run/glimpse-plan.ts';
import { frozenNames } from '../../../study/run/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { counted } from '../../../core/counted.ts';
import { integer } from '../../format.ts';
import { isNarrow } from '../../charts/figure-size.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { landscapeCaption } from './landscape-caption.ts';
import { imagesMeta, joinMeta, pairsMeta, testedImages } from '../../results/figure-meta.ts';
import { landscapePlot, landscapeTable, type LandscapeView } from './landscape-plot.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import css from '../../results/results.module.css';

const ALIGNMENTS = [
  { id: 'none', name: 'As they are' },
  { id: 'orthogonal', name: 'Rotated' },
  { id: 'invertible', name: 'Best P' },
] as const;
type Alignment = (typeof ALIGNMENTS)[number]['id'];

const IMAGES = [
  { id: 'test', name: 'Test' },
  { id: 'train', name: 'Training' },
] as const;

interface LandscapeFigureProps {
  readonly result: StudyResult;
  /** A look at runs that still train, until the study has paths of its own. */
  readonly glimpse?: Glimpse | null;
}

/** Under the coarse path of runs that still train. */
function glimpseReading({ step, paths, images }: Glimpse): string {
  const [first, second] = paths[0].seeds;
  return `After step ${integer(step)}: ${counted(paths[0].lambdas.length, 'point')} between the seeds ${first} and ${second}, over ${counted(images, 'test image')}. The whole landscape replaces it when training is done.`;
}

export function LandscapeFigure({ result, glimpse = null }: LandscapeFigureProps) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { config, task } = result;
  const landscape = useMemo(() => glimpse?.paths ?? result.landscape, [glimpse, result.landscape]);
  const [wanted, setWanted] = useState<Alignment>('none');
  const [wantedImages, setImages] = useState<LandscapeView['images']>('test');
  // The new result may lack the alignment chosen for the previous one.
  const alignments = ALIGNMENTS.filter(
    ({ id }) => id === 'none' || result.landscape.some((entry) => entry.alignment === id),
  );
  const chosen = alignments.find(({ id }) => id === wanted)?.id ?? 'none';
  const alignment = chosen === 'none' ? undefined : chosen;
  const trained = result.landscape.some(({ train }) => train);
  const images = trained ? wantedImages : 'test';
  const build = useMemo(
    () =>
      landscapePlot(
        { landscape, config, task },
        metric,
        { alignment, images },
        glimpse ? config.analyses.landscape.paths : undefined,
      ),
    [landscape, config, task, metric, alignment, images, glimpse],
  );
  const table = useMemo(() => landscapeTable({ landscape, config, task }), [landscape, config, task]);
  const pairs = new Set(landscape.map((entry) => entry.seeds.join())).size;
  return (
    <ChartFigure
      title="Landscape between two seeds"
      help={
        <>
          <p>
            Two adapters trained from different seeds are blended: λ = 0 is the one, λ = 1 the other. If accuracy stays
            level, the two lie in one connected basin and can be merged; a dip is a barrier.
          </p>
          <p>
            The factor path averages A and B separately, as merging LoRA files does. The product path averages the
            updates B·A.
          </p>
          {alignments.length > 1 && (
            <p>
              The same update has many factors. Rotated: those of the second seed are balanced and rotated onto the
              first’s (orthogonal Procrustes). Best P: they are brought as near as any invertible P can, B·P and P⁻¹·A.
              Either leaves both updates, and so the product path, as they are.
            </p>
          )}
          <p>
            Lines are means over pairs of seeds, bands one standard deviation. The shape along a line says nothing about
            other directions.
          </p>
        </>
      }
      message={messageOf(result, 'landscape', barrierMeasure('factor', alignment))}
      reading={glimpse ? glimpseReading(glimpse) : landscapeCaption(result, alignment)}
      better={BETTER[metric]}
      meta={joinMeta(imagesMeta(glimpse?.images ?? testedImages(result)), pairsMeta(pairs))}
      legend={
        <Legend arms={config.arms} references={images === 'test' ? [...frozenNames(result), 'chord'] : ['chord']} />
      }
      controls={
        <span className={css.figureControls} data-row={alignments.length > 1 && trained ? '' : undefined}>
          {alignments.length > 1 && (
            <Segmented label="Landscape: factors" value={chosen} options={alignments} onChange={setWanted} />
          )}
          {trained && <Segmented label="Landscape: images" value={images} options={IMAGES} onChange={setImages} />}
          <Segmented label="Landscape: quantity shown" value={metric} options={METRICS} onChange={setMetric} />
        </span>
      }
      build={build}
      empty="Accuracy between the adapters of two seeds appears here when training is done."
      height={(width) => (isNarrow(width) ? 500 : 300)}
      table={table}
      csv={() => landscapeCsv(result)}
      fileName="copra-landscape"
    />
  );
}
