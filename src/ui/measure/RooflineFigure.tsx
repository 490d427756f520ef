import { useMemo } from 'react';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { measurementCsv } from '../../share/measurement/csv.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import charts from '../charts/charts.module.css';
import { ArmGlyph } from '../charts/Legend.tsx';
import { MEASURE } from './messages.ts';
import { CONTENDER_STYLES, rooflinePlot, rooflineReading, rooflineTable, shownContenders } from './roofline-plot.ts';

function repetitionsOf({ tasks }: Measurement): string {
  const counts = tasks.flatMap(({ cells }) =>
    cells.flatMap((cell) => (cell.state === 'measured' ? [cell.timing.repetitions] : [])),
  );
  return counts.length === 0 ? '' : MEASURE.roofline.repetitions(Math.min(...counts), Math.max(...counts));
}

/** What contenders made per second, under what the device can. */
export function RooflineFigure({ measurement }: { readonly measurement: Measurement }) {
  const build = useMemo(() => rooflinePlot(measurement), [measurement]);
  const table = useMemo(() => rooflineTable(measurement), [measurement]);
  return (
    <ChartFigure
      title={MEASURE.roofline.title}
      help={MEASURE.roofline.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      message={build ? MEASURE.roofline.message : ''}
      reading={rooflineReading(measurement)}
      better="up"
      meta={repetitionsOf(measurement)}
      legend={
        <div className={charts.legend}>
          {shownContenders(measurement).map((id) => (
            <span key={id} className={charts.legendItem}>
              <ArmGlyph style={CONTENDER_STYLES[id]} />
              {MEASURE.contenders[id]}
            </span>
          ))}
        </div>
      }
      build={build}
      empty={MEASURE.roofline.empty}
      height={300}
      table={table}
      csv={() => measurementCsv(measurement)}
      fileName="copra-device"
    />
  );
}
