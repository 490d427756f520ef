/** The path of an opened picture: how probable its true class is between two seeds. */
import { useMemo, useState } from 'react';
import { isLowRank } from '../../../copra/adapter-kinds.ts';
import { picturePathReading } from './picture-path-caption.ts';
import { mean } from '../../../core/statistics.ts';
import { picturePathCsv } from '../../../share/csv/picture-path-csv.ts';
import { MOST_PATH_PAIRS, PATH_LAMBDAS, pathCurves } from '../../../state/own/picture-path.ts';
import type { OwnAdapter } from '../../../state/own/respondents.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Averaging, PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { AwaitedContext } from '../../charts/figure-contexts.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { imagesMeta, joinMeta, pairsMeta } from '../figure-meta.ts';
import { averages } from '../own/averages.ts';
import { PICTURE_WORDS } from './messages.ts';
import { picturePathPlot, picturePathTable } from './picture-path-plot.ts';
import { usePicturePath } from './use-picture-path.ts';

const HALFWAY = PATH_LAMBDAS.indexOf(0.5);

export interface PicturePathProps {
  readonly result: StudyResult;
  readonly picture: PictureInput;
  /** True class. */
  readonly label: number;
  /** Probability that the backbone gives it, if it is known. */
  readonly frozen: number | null;
  readonly adapters: readonly OwnAdapter[];
  readonly setting: PredictorSetting;
}

export function PicturePath({ result, picture, label, frozen, adapters, setting }: PicturePathProps) {
  const { config, task } = result;
  const { arms } = config;
  const [wanted, setMethod] = useState<Averaging>('factors');
  // DoRA adapters have no average of updates.
  const hasUpdates = adapters.every(isLowRank);
  const method = hasUpdates ? wanted : 'factors';
  const { paths, problem } = usePicturePath({ picture, label, arms, adapters, setting, method });
  const curves = useMemo(() => pathCurves(arms, paths), [arms, paths]);
  const build = useMemo(() => picturePathPlot({ config, task }, curves, frozen), [config, task, curves, frozen]);
  const reading = useMemo(
    () =>
      picturePathReading(
        curves.map(({ name, pairs }) => ({
          name,
          ends: pairs.map(({ certainty }) => mean([certainty[0], certainty[certainty.length - 1]])),
          halfway: pairs.map(({ certainty }) => certainty[HALFWAY]),
        })),
      ),
    [curves],
  );
  return (
    // Whatever result is on the page: what is asked for here is on its way.
    <AwaitedContext value={true}>
      {problem && <ErrorText>{problem}</ErrorText>}
      <ChartFigure
        title={PICTURE_WORDS.path.title}
        help={<p>{PICTURE_WORDS.path.help(MOST_PATH_PAIRS)}</p>}
        message={build ? PICTURE_WORDS.path.message : ''}
        reading={reading}
        meta={joinMeta(imagesMeta(1), pairsMeta(Math.max(0, ...curves.map(({ pairs }) => pairs.length))))}
        legend={<Legend arms={arms} />}
        controls={
          hasUpdates && (
            <Choice label={PICTURE_WORDS.path.averaging} value={wanted} options={averages()} onChange={setMethod} />
          )
        }
        build={build}
        empty={PICTURE_WORDS.path.asking}
        height={220}
        table={picturePathTable(curves)}
        csv={() => picturePathCsv(result, paths, PATH_LAMBDAS)}
        fileName="copra-picture-path"
      />
    </AwaitedContext>
  );
}
