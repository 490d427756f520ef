/** The cells of a map as a figure, in one measure at a time. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { mapCsv } from '../../share/csv/map-csv.ts';
import { shownMap } from '../../state/map/map-store.ts';
import { queryFor } from '../../state/page/url.ts';
import { cellsOf, samePlace, type CellPlace } from '../../study/map/cells.ts';
import { emptyMap } from '../../study/map/map-result.ts';
import type { MapPreset } from '../../study/map/presets.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { countedEach } from '../../study/readings/words.ts';
import { armStyles } from '../arm-style.ts';
import charts from '../charts/charts.module.css';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { useServices } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { imagesMeta, joinMeta } from '../results/figure-meta.ts';
import { CellLinks } from './CellLinks.tsx';
import css from './map.module.css';
import { MAP_WORDS } from './messages.ts';
import { cellReading, mapBasis, mapCaption, mapHeight, mapPlot, mapTable, measuresOf } from './map-plot.ts';

/** Where the map on the page comes from. Named when they are shown: names are in the language of the page. */
const sources = () =>
  [
    { id: 'saved', name: MAP_WORDS.saved },
    { id: 'own', name: MAP_WORDS.own },
  ] as const;

interface MapFigureProps {
  readonly preset: MapPreset;
  /** The cell whose settings are those of the page; null: none. */
  readonly chosen: CellPlace | null;
  /** Whether there are cells that were computed here. */
  readonly hasOwn: boolean;
}

export function MapFigure({ preset, chosen, hasOwn }: MapFigureProps) {
  const { maps, study } = useServices();
  const { saved, own, source, measure: wanted, underWay } = useStore(maps);
  const map = shownMap({ saved, own, source }) ?? emptyMap(preset.config);
  const measures = useMemo(() => measuresOf(map), [map]);
  const measure = measures.find(({ id }) => id === wanted) ?? measures.at(0);
  const build = useMemo(() => mapPlot(map, measure), [map, measure]);
  const table = useMemo(() => mapTable(map, measure), [map, measure]);
  const basis = useMemo(() => measure && mapBasis(map, measure), [map, measure]);
  const cells = useMemo(() => cellsOf(map.config), [map]);
  const links = useMemo(
    () =>
      cells.map((cell) => ({
        cell,
        href: queryFor(location.search, cell.config),
        reading: cellReading(map, cell, measure),
        isChosen: chosen !== null && samePlace(cell, chosen),
        isUnderWay: underWay !== null && samePlace(cell, underWay),
      })),
    [cells, map, measure, chosen, underWay],
  );
  const { arms } = map.config.study;
  const styles = armStyles(arms);
  return (
    <ChartFigure
      title={PRESET_WORDS.called(preset.name)}
      help={
        <>
          {MAP_WORDS.help.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </>
      }
      message={measure ? MAP_WORDS.message : ''}
      reading={measure ? mapCaption(map, measure) : MAP_WORDS.nothingDone}
      meta={joinMeta(
        MAP_WORDS.done(map.cells.length, cells.length),
        basis ? countedEach(basis.seeds, 'seed') : '',
        imagesMeta(basis?.images ?? 0),
      )}
      legend={
        <>
          {measure && (
            <Choice
              label={MAP_WORDS.measure}
              wide
              value={measure.id}
              options={measures.map(({ id, name }) => ({ id, name }))}
              onChange={(id) => maps.setState({ measure: id })}
            />
          )}
          <div className={charts.legend}>
            {arms.map(({ id, name }) => (
              <span key={id} className={charts.legendItem}>
                <span className={css.swatch} style={{ background: `var(${styles.get(id)?.token ?? '--ink'})` }} />
                {MAP_WORDS.better(name)}
              </span>
            ))}
          </div>
        </>
      }
      controls={
        saved &&
        hasOwn && (
          <Segmented
            label={MAP_WORDS.source}
            value={source}
            options={sources()}
            onChange={(id) => maps.setState({ source: id })}
          />
        )
      }
      build={build}
      empty={MAP_WORDS.nothingDone}
      height={mapHeight(map)}
      cover={(width, height) => (
        <CellLinks
          {...{ build, width, height, links }}
          columns={preset.config.x.values.length}
          onChoose={({ config }) => study.setState({ config, readOnly: false })}
        />
      )}
      table={table}
      csv={() => mapCsv(map)}
      fileName={`copra-${preset.id}`}
    />
  );
}
