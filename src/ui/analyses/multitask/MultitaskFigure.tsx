import { PART_WORDS } from '../../../lessons/part-words.ts';
import { mergedMeasure } from '../../../study/result/measures/tasks.ts';
import { toldOf } from '../../results/told-of.ts';
import { useMemo, useState } from 'react';
import { multitaskCsv } from '../../../share/analyses/multitask/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { imagesOfTasks } from '../../../study/result/tested-images.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { FINDING_WORDS } from '../../../state/summary/messages.ts';
import { MULTITASK_WORDS } from './messages.ts';
import { MultitaskLegend } from './MultitaskLegend.tsx';
import { multitaskCaption } from './multitask-caption.ts';
import { comesUnlessDora } from '../../results/left-out.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import {
  areLying,
  mergeId,
  mergeOptions,
  multitaskHeight,
  multitaskPlot,
  multitaskTable,
  type Candidates,
} from './multitask-plot.ts';
import css from '../../results/results.module.css';

const CANDIDATES = ['own', 'joint'] as const satisfies readonly Candidates[];

/** What the message above the bars compares, and what the bars show first: its numbers are found in them. */
const TOLD = 'updates';

function metaOf({ multitask }: StudyResult): string {
  if (!multitask) return '';
  const { tasks, runs } = multitask;
  const images = imagesOfTasks({ tasks });
  return joinMeta(
    imagesMeta(images),
    MULTITASK_WORDS.tasks(tasks.length),
    seedsMeta(new Set(runs.map(({ seed }) => seed)).size),
  );
}

/** Whether λ is chosen, which takes validation images of every task; of those awaited it is. */
const choosesScale = (multitask: StudyResult['multitask']): boolean =>
  multitask?.tasks.every(({ validation }) => validation > 0) ?? true;

export function MultitaskFigure({ result }: { result: StudyResult }) {
  const [candidates, setCandidates] = useState<Candidates>('own');
  const [chosen, setChosen] = useState(mergeId({ method: TOLD, alignment: 'none' }));
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
      title={PART_WORDS['many-tasks']}
      help={
        <>
          <p>{MULTITASK_WORDS.help.bars}</p>
          <p>{MULTITASK_WORDS.help.candidates}</p>
          <p>{MULTITASK_WORDS.help.caution(choosesScale(multitask))}</p>
        </>
      }
      {...toldOf(result, FINDING_WORDS.comparisons.tasks, mergedMeasure(TOLD))}
      reading={multitaskCaption(result)}
      better={(width) => (areLying(result, width) ? 'right' : 'up')}
      meta={metaOf(result)}
      legend={<MultitaskLegend arms={config.arms} />}
      controls={
        <span className={css.figureControls}>
          <Choice label={MULTITASK_WORDS.merge} value={what} options={options} onChange={setChosen} />
          <Segmented
            label={MULTITASK_WORDS.candidates.label}
            value={candidates}
            options={CANDIDATES.map((id) => ({ id, name: MULTITASK_WORDS.candidates[id] }))}
            onChange={setCandidates}
          />
        </span>
      }
      build={build}
      empty={
        config.analyses.multitask?.enabled
          ? comesUnlessDora(result, MULTITASK_WORDS.merging, MULTITASK_WORDS.awaited)
          : MULTITASK_WORDS.off
      }
      height={(width) => multitaskHeight(result, width)}
      table={table}
      csv={() => multitaskCsv(result)}
      fileName="copra-many-tasks"
    />
  );
}
