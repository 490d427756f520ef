import { useMemo, useState } from 'react';
import { landscapeCsv } from '../../share/csv.ts';
import type { StudyResult } from '../../study/result.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { Legend } from '../charts/Legend.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { useNarrow } from '../use-media.ts';
import { landscapeCaption } from './captions.ts';
import { imagesMeta, joinMeta, pairsMeta, testImages } from './figure-meta.ts';
import { landscapePlot, landscapeTable } from './landscape-plot.ts';
import { METRICS, type Metric } from './metric.ts';

export function LandscapeFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const narrow = useNarrow();
  const { landscape, config, task } = result;
  const build = useMemo(
    () => landscapePlot({ landscape, config, task }, metric, narrow),
    [landscape, config, task, metric, narrow],
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
          <p>
            Lines are means over pairs of seeds, bands one standard deviation. The shape along a line says nothing about
            other directions.
          </p>
        </>
      }
      reading={landscapeCaption(result)}
      meta={joinMeta(imagesMeta(testImages(result)), pairsMeta(pairs))}
      legend={<Legend arms={config.arms} references={['zero-shot', 'chord']} />}
      controls={<Segmented label="Landscape: quantity shown" value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty="Accuracy between the adapters of two seeds appears here when training is done."
      height={narrow ? 500 : 300}
      table={table}
      csv={() => landscapeCsv(result)}
      fileName="copra-landscape"
    />
  );
}
