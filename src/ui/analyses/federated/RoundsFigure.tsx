import { PART_WORDS } from '../../../lessons/part-words.ts';
import { FEDERATED_ACCURACY } from '../../../study/result/measures/federated.ts';
import { toldOf } from '../../results/told-of.ts';
import { useMemo, useState } from 'react';
import { FEDERATED_RULES } from '../../../copra/federated/rule-list.ts';
import { federatedCsv } from '../../../share/analyses/federated/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../../results/figure-meta.ts';
import { BETTER } from '../../results/names.ts';
import { FINDING_WORDS } from '../../../state/summary/messages.ts';
import { CourseLegend } from './CourseLegend.tsx';
import { drawnArms, rulesOf, type FederatedParts } from './seed-courses.ts';
import { federatedCaption } from './federated-caption.ts';
import { FEDERATED_WORDS } from './messages.ts';
import { ROUND_MEASURES, roundsPlot, roundsTable, type RoundMeasure } from './rounds-plot.ts';

function metaOf({ federated, config, ...result }: StudyResult): string {
  const settings = config.analyses.federated;
  if (!federated || !settings) return '';
  const seeds = new Set(federated.runs.map(({ seed }) => seed)).size;
  const { participation } = settings;
  const { clientsMeta, roundsMeta, devicesMeta } = FEDERATED_WORDS.rounds;
  const devices = federated.runs.some(({ attendance }) => attendance) ? devicesMeta : '';
  const clients = clientsMeta(settings.clients, participation < 1 ? Math.round(100 * participation) : null);
  const rounds = roundsMeta(settings.rounds, settings.localSteps);
  return joinMeta(imagesMeta(testedImages({ config, ...result })), seedsMeta(seeds), clients, devices, rounds);
}

export function RoundsFigure({ result }: { result: StudyResult }) {
  const [measure, setMeasure] = useState<RoundMeasure>('accuracy');
  const { federated, config, task, runs, status, provenance } = result;
  const parts: FederatedParts = useMemo(
    () => ({ federated, config, task, runs, status, provenance }),
    [federated, config, task, runs, status, provenance],
  );
  const build = useMemo(() => roundsPlot(parts, measure), [parts, measure]);
  const table = useMemo(() => roundsTable(parts), [parts]);
  const rules = rulesOf(result);
  const exact = FEDERATED_RULES.filter((rule) => rule.exact).map(({ name }) => name);
  const words = FEDERATED_WORDS.rounds;
  return (
    <ChartFigure
      title={PART_WORDS.federated}
      help={
        <>
          <p>{words.help.clients}</p>
          <p>
            {FEDERATED_RULES.filter(({ id }) => rules.includes(id)).map(({ id, name, text }) => (
              <span key={id}>{words.help.rule(name, text)} </span>
            ))}
            {words.help.exact(exact)}
          </p>
          <p>{words.help.copra}</p>
          <p>{words.help.drift}</p>
        </>
      }
      {...toldOf(result, FINDING_WORDS.comparisons.clients, FEDERATED_ACCURACY)}
      reading={federatedCaption(result)}
      // Drift is neither good nor bad.
      better={measure === 'drift' ? undefined : BETTER[measure]}
      meta={metaOf(result)}
      legend={<CourseLegend arms={config.arms} drawn={drawnArms(result)} rules={rules} />}
      controls={
        <Segmented
          label={words.quantity}
          value={measure}
          options={ROUND_MEASURES.map((id) => ({ id, name: words.measures[id] }))}
          onChange={setMeasure}
        />
      }
      build={build}
      empty={words.awaited}
      height={build ? 340 : 120}
      table={table}
      csv={() => federatedCsv(result)}
      fileName="copra-federated"
    />
  );
}
