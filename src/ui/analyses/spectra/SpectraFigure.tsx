import { SEEN } from '../../../copra/readings/seen.ts';
import { use, useMemo, useState } from 'react';
import { counted } from '../../../core/counted.ts';
import { spectraReading } from '../../../copra/readings/spectra.ts';
import { spectraCsv } from '../../../share/analyses/spectra/csv.ts';
import type { SpectraMeasure } from '../../../study/analyses/spectra/measures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { comesUnlessDora, joined, withoutDora } from '../../results/left-out.ts';
import { MeasuresTable } from './MeasuresTable.tsx';
import { knownMeasures, measureOf, measureRows, spectraPlot, spectraTable, unitOf } from './spectra-plot.ts';
import css from '../../results/measures-table.module.css';

const SUBJECT = 'the spectra of updates';

/** How the updates of an arm are spread over directions, and how new those are to the frozen weights. */
export function SpectraFigure({ result }: { result: StudyResult }) {
  const { spectra, config } = result;
  const embedded = use(EmbeddedContext);
  const [wanted, setMeasure] = useState<SpectraMeasure['id']>('effective');
  const parts = useMemo(() => ({ spectra, config }), [spectra, config]);
  const known = useMemo(() => knownMeasures(parts), [parts]);
  const measure = known.find(({ id }) => id === wanted) ?? measureOf('effective');
  const build = useMemo(() => spectraPlot(parts, measure), [parts, measure]);
  const table = useMemo(() => spectraTable(parts), [parts]);
  const rows = useMemo(() => measureRows(parts), [parts]);
  const names = config.arms.map(({ name }) => name);
  const maps = Math.max(0, ...(spectra ?? []).map((entry) => entry.maps.length));
  const { directions = 0, threshold = 0 } = config.analyses.spectra ?? {};
  const reading = spectraReading(
    names,
    rows
      .filter((row) => row.measure.id === measure.id)
      .map((row) => ({ ...row, name: row.measure.name, unit: unitOf(row.measure) })),
    maps,
  );
  return (
    <div className={css.stack} data-embedded={embedded}>
      <ChartFigure
        title="Spectra of updates"
        help={
          <>
            <p>
              The singular values of an update ΔW tell how many directions share it. The effective rank is exp of their
              entropy: 1 where one direction has it all, r where all r are equal. The stable rank is ‖ΔW‖² by the square
              of the largest singular value, and follows the strongest directions more closely.
            </p>
            <p>
              Intruders are leading singular directions of W + ΔW that are unlike every singular direction of the frozen
              W{directions > 0 ? `: of the first ${directions}, those with no cosine of ${threshold} or more` : ''}.
            </p>
            <p>
              P is the matrix that brings the factors of a run nearest to those of the arm’s first run without changing
              its updates. Its condition number is 1 for a rotation; where it is large, P stretches some directions and
              shrinks others. It is averaged as a logarithm.
            </p>
          </>
        }
        message={rows.length > 0 ? SEEN.spectra : ''}
        reading={rows.length > 0 ? joined(reading, withoutDora(result, SUBJECT)) : ''}
        meta={
          rows.length > 0
            ? joinMeta(counted(maps, 'projection'), seedsMeta(new Set(spectra?.map(({ seed }) => seed)).size))
            : ''
        }
        legend={<Legend arms={config.arms} />}
        controls={
          <Segmented
            label="Spectra: measure shown"
            value={measure.id}
            options={(known.length > 0 ? known : [measure]).map(({ id, short }) => ({ id, name: short }))}
            onChange={setMeasure}
          />
        }
        build={build}
        empty={
          config.analyses.spectra?.enabled
            ? comesUnlessDora(result, SUBJECT, 'The spectra of all updates appear here when training is done.')
            : 'Switch on Spectra under Analyses to see over how many directions updates are spread.'
        }
        height={rows.length > 0 ? 260 : 120}
        table={table}
        csv={() => spectraCsv(result)}
        fileName="copra-spectra"
      />
      {rows.length > 0 && embedded !== 'fill' && <MeasuresTable arms={names} rows={rows} />}
    </div>
  );
}
