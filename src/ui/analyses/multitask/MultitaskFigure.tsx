import { mergedMeasure } from '../../../study/result/measures/tasks.ts';
import { messageOf } from '../../results/message-of.ts';
import { counted } from '../../../core/counted.ts';
import { useMemo, useState } from 'react';
import { multitaskCsv } from '../../../share/analyses/multitask/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { MultitaskLegend } from './MultitaskLegend.tsx';
import { multitaskCaption } from './multitask-caption.ts';
import { comesUnlessDora } from '../../results/left-out.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { mergeOptions, multitaskHeight, multitaskPlot, multitaskTable, type Candidates } from './multitask-plot.ts';
import css from '../../results/results.module.css';

const CANDIDATES = [
  { id: 'own', name: 'Own classes' },
  { id: 'joint', name: 'All classes' },
] as const;

const DEFAULT_MERGE = 'task-arithmetic/none';

function metaOf({ multitask, config }: StudyResult): string {
  if (!multitask) return '';
  const { tasks } = multitask;
  const images = tasks.reduce((sum, { test }) => sum + test, 0);
  return joinMeta(imagesMeta(images), counted(tasks.length, 'task'), seedsMeta(config.seeds.length));
}

export function MultitaskFigure({ result }: { result: StudyResult }) {
  const [candidates, setCandidates] = useState<Candidates>('own');
  const [chosen, setChosen] = useState(DEFAULT_MERGE);
  const { multitask, config } = result;
  const options = useMemo(() => mergeOptions({ multitask }), [multitask]);
  const what = options.some(({ id }) => id === chosen) ? chosen : options[0].id;
  const build = useMemo(
    () => multitaskPlot({ multitask, config }, what, candidates),
    [multitask, config, what, candidates],
  );
  const table = useMemo(() => multitaskTable({ multitask, config }), [multitask, config]);
  return (
    <ChartFigure
      title="Many tasks"
      help={
        <>
          <p>
            One adapter was trained per task. Full bars: every task with its own adapter. Hatched bars: one adapter
            merged from all of them, nothing retrained. Grey: the backbone alone. Bars are means over seeds, whiskers
            one standard deviation.
          </p>
          <p>
            Own classes: an image is told apart among the classes of its task, so somebody has to know the task. All
            classes: it is told apart among the classes of all tasks, which is harder.
          </p>
          <p>
            λ of a merge was chosen on validation images of all tasks. The highest of many merges is flattered by being
            chosen on the images it is shown on. These small tasks stand in for the paper’s MTL15, whose tasks are not
            published.
          </p>
        </>
      }
      message={messageOf(result, 'tasks', mergedMeasure('updates'))}
      reading={multitaskCaption(result)}
      better="up"
      meta={metaOf(result)}
      legend={<MultitaskLegend arms={config.arms} />}
      controls={
        <span className={css.figureControls}>
          <Choice label="Many tasks: merge shown" value={what} options={options} onChange={setChosen} />
          <Segmented label="Many tasks: candidates" value={candidates} options={CANDIDATES} onChange={setCandidates} />
        </span>
      }
      build={build}
      empty={
        config.analyses.multitask?.enabled
          ? comesUnlessDora(
              result,
              'merging across tasks',
              'What is left of every task when the adapters of all become one appears here when they are trained.',
            )
          : 'Choose the preset Many tasks, or switch it on under Analyses, to merge adapters of different tasks.'
      }
      height={(width) => multitaskHeight(result, width)}
      table={table}
      csv={() => multitaskCsv(result)}
      fileName="copra-many-tasks"
    />
  );
}
