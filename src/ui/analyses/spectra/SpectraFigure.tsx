import { PART_WORDS } from '../../../lessons/part-words.ts';
import { use, useMemo, useState } from 'react';
import { spectraReading } from './spectra-caption.ts';
import { spectraCsv } from '../../../share/analyses/spectra/csv.ts';
import type { SpectraMeasure } from '../../../study/analyses/spectra/measures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { aboutNamedArms, withNamedArms } from '../../results/read-arms.ts';
import { comesUnlessDora, joined, withoutDora } from '../../results/left-out.ts';
import { SPECTRA_WORDS } from './messages.ts';
import { MeasuresTable } from './MeasuresTable.tsx';
import { knownMeasures, measureOf, measureRows, spectraPlot, spectraTable, unitOf } from './spectra-plot.ts';
import css from '../../results/measures-table.module.css';

/** Numbers of adapted projections, of every arm that has spectra. */
const mapsOf = ({ spectra, config }: Pick<StudyResult, 'spectra' | 'config'>): number[] =>
  config.arms.flatMap(({ id }) => spectra?.find(({ arm }) => arm === id)?.maps.length ?? []);

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
  const { directions = 0, threshold = 0 } = config.analyses.spectra ?? {};
  const reading = useMemo(() => {
    const { arms } = withNamedArms(config);
    const read = measureRows({ spectra, config: { ...config, arms } })
      .filter((row) => row.measure.id === measure.id)
      .map((row) => ({ ...row, name: SPECTRA_WORDS.measures[measure.id], unit: unitOf(row.measure) }));
    const names = arms.map(({ name }) => name);
    return aboutNamedArms(spectraReading(names, read, mapsOf({ spectra, config: { ...config, arms } })), config);
  }, [spectra, config, measure]);
  return (
    <div className={css.stack} data-embedded={embedded}>
      <ChartFigure
        title={PART_WORDS.spectra}
        help={SPECTRA_WORDS.help(directions, threshold).map((text) => (
          <p key={text}>{text}</p>
        ))}
        message={rows.length > 0 ? SPECTRA_WORDS.message : ''}
        reading={rows.length > 0 ? joined(reading, withoutDora(result, SPECTRA_WORDS.subject)) : ''}
        meta={
          rows.length > 0
            ? joinMeta(
                SPECTRA_WORDS.projections(mapsOf(parts)),
                seedsMeta(new Set(spectra?.map(({ seed }) => seed)).size),
              )
            : ''
        }
        legend={<Legend arms={config.arms} />}
        controls={
          <Segmented
            label={SPECTRA_WORDS.measureShown}
            value={measure.id}
            options={(known.length > 0 ? known : [measure]).map(({ id }) => ({
              id,
              name: SPECTRA_WORDS.shortMeasures[id],
            }))}
            onChange={setMeasure}
          />
        }
        build={build}
        empty={
          config.analyses.spectra?.enabled
            ? comesUnlessDora(result, SPECTRA_WORDS.subject, SPECTRA_WORDS.awaited)
            : SPECTRA_WORDS.off
        }
        height={rows.length > 0 ? 260 : 120}
        table={table}
        csv={() => spectraCsv(result)}
        fileName="copra-spectra"
      />
      {rows.length > 0 && embedded !== 'fill' && (
        <MeasuresTable arms={config.arms.map(({ name }) => name)} rows={rows} />
      )}
    </div>
  );
}
