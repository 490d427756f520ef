/** The settings of all analyses, in their fold. */
import { memo, Suspense, useCallback } from 'react';
import { setOfAnalysis, setShared } from '../../state/study/config-edit.ts';
import type { AnalysisId } from '../../study/config/config.ts';
import { ANALYSIS_IDS, ANALYSIS_SETTINGS, analysisRowsOf } from '../../study/config/settings/analyses.ts';
import { switchedOn } from '../../study/config/settings/analysis-rows.ts';
import { counts, type Row, type RowValue } from '../../study/config/settings/rows.ts';
import { SHARED_ROWS } from '../../study/config/settings/shared.ts';
import { useBackbone, useEditConfig, useStudy } from '../context.ts';
import { SHOWN_ANALYSES } from '../analyses/registry.ts';
import type { ShownAnalysis } from '../results/figure.ts';
import { RowControl } from './RowControl.tsx';
import css from './study.module.css';

type Settings = Readonly<Record<string, RowValue>>;

const SHOWN: ReadonlyMap<AnalysisId, ShownAnalysis> = new Map(SHOWN_ANALYSES.map((shown) => [shown.id, shown]));

/** The switch of an analysis and, while it is on, what it costs and its other settings. */
const AnalysisFields = memo(function AnalysisFields({
  id,
  cost,
  More,
}: {
  readonly id: AnalysisId;
  readonly cost: string | undefined;
  readonly More: ShownAnalysis['More'];
}) {
  const settings = useStudy((state) => state.config.analyses[id]);
  const edit = useEditConfig();
  const change = useCallback(
    (value: RowValue, key: string) => edit((config) => setOfAnalysis(config, id, key, value)),
    [edit, id],
  );
  const values: Settings = settings ?? switchedOn(ANALYSIS_SETTINGS[id]);
  const on = settings?.enabled ?? false;
  const shown = analysisRowsOf(id).filter(({ row }) => counts(row, values));
  const [enabled, ...rows] = shown.map(({ key, row, name }) => (
    <RowControl
      key={key}
      id={key}
      row={row}
      name={name}
      value={key === 'enabled' ? on : (values[key] ?? row.usual)}
      onChange={change}
    />
  ));
  return (
    <div className={css.analysis}>
      {enabled}
      {on && cost !== undefined && <p className={css.cost}>{cost}</p>}
      {on && rows.length > 0 && <div className={css.nested}>{rows}</div>}
      {on && More && (
        <Suspense>
          <More />
        </Suspense>
      )}
    </div>
  );
});

export function AnalysesFields() {
  const config = useStudy((state) => state.config);
  const edit = useEditConfig();
  const backbone = useBackbone();
  const change = useCallback(
    (value: RowValue, key: string, row: Row) => edit((old) => setShared(old, key, row, value)),
    [edit],
  );
  const { analyses } = config;
  return (
    <>
      {ANALYSIS_IDS.map((id) => (
        <AnalysisFields key={id} id={id} cost={SHOWN.get(id)?.cost?.(config, backbone)} More={SHOWN.get(id)?.More} />
      ))}
      {SHARED_ROWS.filter(([, row]) => counts(row, analyses)).map(([key, row]) => (
        <RowControl
          key={key}
          id={key}
          row={row}
          value={analyses[key] === undefined ? row.usual : analyses[key]}
          onChange={change}
        />
      ))}
    </>
  );
}
