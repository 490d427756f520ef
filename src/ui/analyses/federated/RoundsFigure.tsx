import { FEDERATED_ACCURACY } from '../../../study/result/measures/federated.ts';
import { messageOf } from '../../results/message-of.ts';
import { counted } from '../../../core/counted.ts';
import { useMemo, useState } from 'react';
import { FEDERATED_RULES } from '../../../copra/federated/rule-list.ts';
import { frozenNames } from '../../../study/run/frozen.ts';
import { federatedCsv } from '../../../share/analyses/federated/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../../results/figure-meta.ts';
import { CourseLegend } from './CourseLegend.tsx';
import { centralAccuracy, rulesOf } from './courses.ts';
import { federatedCaption } from './federated-caption.ts';
import { ROUND_MEASURES, roundsPlot, roundsTable, type RoundMeasure } from './rounds-plot.ts';

function metaOf({ federated, config, ...result }: StudyResult): string {
  const settings = config.analyses.federated;
  if (!federated || !settings) return '';
  const seeds = new Set(federated.runs.map(({ seed }) => seed)).size;
  const clients = `${counted(settings.clients, 'client')}${settings.participation < 1 ? `, ${Math.round(100 * settings.participation)} % in a round` : ''}`;
  const rounds = `${counted(settings.rounds, 'round')} × ${counted(settings.localSteps, 'step')}`;
  return joinMeta(imagesMeta(testedImages({ config, ...result })), seedsMeta(seeds), clients, rounds);
}

export function RoundsFigure({ result }: { result: StudyResult }) {
  const [measure, setMeasure] = useState<RoundMeasure>('accuracy');
  const { federated, config, task, runs } = result;
  const build = useMemo(
    () => roundsPlot({ federated, config, task, runs }, measure),
    [federated, config, task, runs, measure],
  );
  const table = useMemo(() => roundsTable({ federated, config, task, runs }), [federated, config, task, runs]);
  const rules = rulesOf(result);
  const exact = FEDERATED_RULES.filter((rule) => rule.exact).map(({ name }) => name);
  return (
    <ChartFigure
      title="Federated training"
      help={
        <>
          <p>
            Clients that never show their images to one another train copies of one adapter for some steps; a server
            makes one adapter of theirs, tests it, and sends it out again. All arms and rules have the same clients and
            batches.
          </p>
          <p>
            {FEDERATED_RULES.filter(({ id }) => rules.includes(id)).map(({ id, name, text }) => (
              <span key={id}>
                {name}: {text}{' '}
              </span>
            ))}
            Exact are {exact.join(', ')}: what everybody has after a round is the average of the updates.
          </p>
          <p>
            CopRA clients draw their layers on their own; the probability rises over all rounds, so judge it at the end.
            An ordinary run of as many steps has all images, but sees as many per step as a single client: it is a
            reference, not an upper limit.
          </p>
          <p>
            Drift: how far clients end from their average, divided by how far they moved. 0 means that all moved alike;
            with K clients, √(1 − 1/K) that they had nothing in common.
          </p>
        </>
      }
      message={messageOf(result, 'clients', FEDERATED_ACCURACY)}
      reading={federatedCaption(result)}
      better="up"
      meta={metaOf(result)}
      legend={
        <CourseLegend
          arms={config.arms}
          rules={rules}
          frozen={frozenNames(result)}
          central={measure === 'accuracy' && config.arms.some(({ id }) => centralAccuracy(result, id) !== null)}
        />
      }
      controls={
        <Segmented label="Federated: quantity shown" value={measure} options={ROUND_MEASURES} onChange={setMeasure} />
      }
      build={build}
      empty="What the global adapter reaches after every round appears here when the ordinary runs are done."
      height={build ? 340 : 120}
      table={table}
      csv={() => federatedCsv(result)}
      fileName="copra-federated"
    />
  );
}
