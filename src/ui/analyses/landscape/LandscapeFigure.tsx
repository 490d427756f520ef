import { PART_WORDS } from '../../../lessons/part-words.ts';
import { BETTER } from '../../results/names.ts';
import { useMemo, useState } from 'react';
import { landscapeCsv } from '../../../share/analyses/landscape/csv.ts';
import type { Glimpse } from '../../../study/result/glimpse.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { isNarrow } from '../../charts/figure-size.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { landscapeCaption, landscapeTold } from './landscape-caption.ts';
import { imagesMeta, joinMeta, pairsMeta, testedImages } from '../../results/figure-meta.ts';
import { landscapePlot, landscapeTable, type LandscapeView } from './landscape-plot.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import css from '../../results/results.module.css';
import { LANDSCAPE_WORDS } from './messages.ts';

const ALIGNMENTS = ['none', 'orthogonal', 'invertible'] as const;
type Alignment = (typeof ALIGNMENTS)[number];

const IMAGES = ['test', 'train'] as const;

interface LandscapeFigureProps {
  readonly result: StudyResult;
  /** A look at runs that still train, until the study has paths of its own. */
  readonly glimpse?: Glimpse | null;
}

const glimpseReading = ({ step, paths: [{ lambdas, seeds }], images }: Glimpse): string =>
  LANDSCAPE_WORDS.glimpse(step, lambdas.length, seeds, images);

export function LandscapeFigure({ result, glimpse = null }: LandscapeFigureProps) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { config, task } = result;
  const landscape = useMemo(() => glimpse?.paths ?? result.landscape, [glimpse, result.landscape]);
  const [wanted, setWanted] = useState<Alignment>('none');
  const [wantedImages, setImages] = useState<LandscapeView['images']>('test');
  // The new result may lack the alignment chosen for the previous one.
  const alignments = ALIGNMENTS.filter(
    (id) => id === 'none' || result.landscape.some((entry) => entry.alignment === id),
  );
  const chosen = alignments.includes(wanted) ? wanted : 'none';
  const alignment = chosen === 'none' ? undefined : chosen;
  const trained = result.landscape.some(({ train }) => train);
  const images = trained ? wantedImages : 'test';
  const isPart = glimpse !== null && glimpse.images < testedImages(result);
  const build = useMemo(
    () =>
      landscapePlot(
        { landscape, config, task },
        metric,
        { alignment, images, isPart },
        glimpse ? config.analyses.landscape.paths : undefined,
      ),
    [landscape, config, task, metric, alignment, images, isPart, glimpse],
  );
  const table = useMemo(() => landscapeTable({ landscape, config, task }), [landscape, config, task]);
  const pairs = new Set(landscape.map((entry) => entry.seeds.join())).size;
  return (
    <ChartFigure
      title={PART_WORDS.landscape}
      help={
        <>
          <p>{LANDSCAPE_WORDS.help.blend}</p>
          <p>{LANDSCAPE_WORDS.help.paths}</p>
          {alignments.length > 1 && <p>{LANDSCAPE_WORDS.help.alignments}</p>}
          <p>{LANDSCAPE_WORDS.help.lines}</p>
        </>
      }
      {...landscapeTold(result, alignment)}
      reading={glimpse ? glimpseReading(glimpse) : landscapeCaption(result, alignment)}
      better={BETTER[metric]}
      meta={joinMeta(imagesMeta(glimpse?.images ?? testedImages(result)), pairsMeta(pairs))}
      legend={<Legend arms={config.arms} />}
      controls={
        <span className={css.figureControls} data-row={alignments.length > 1 && trained ? '' : undefined}>
          {alignments.length > 1 && (
            <Segmented
              label={LANDSCAPE_WORDS.factors}
              value={chosen}
              options={alignments.map((id) => ({ id, name: LANDSCAPE_WORDS.alignments[id] }))}
              onChange={setWanted}
            />
          )}
          {trained && (
            <Segmented
              label={LANDSCAPE_WORDS.images}
              value={images}
              options={IMAGES.map((id) => ({ id, name: LANDSCAPE_WORDS.imageSets[id] }))}
              onChange={setImages}
            />
          )}
          <Segmented label={LANDSCAPE_WORDS.quantity} value={metric} options={METRICS} onChange={setMetric} />
        </span>
      }
      build={build}
      empty={LANDSCAPE_WORDS.awaited}
      height={(width) => (isNarrow(width) ? 500 : 300)}
      table={table}
      csv={() => landscapeCsv({ ...result, landscape })}
      fileName="copra-landscape"
    />
  );
}
