/** The map on the page: its figure, the commands that run its cells, and the way from a cell to its study. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand/react';
import { mapCsv } from '../../share/csv/map-csv.ts';
import { cellWith } from '../../state/map/map-commands.ts';
import { showMap, shownMap } from '../../state/map/map-store.ts';
import { queryFor } from '../../state/page/url.ts';
import { cellsOf, samePlace, type MapCell } from '../../study/map/cells.ts';
import { emptyMap, missingCells } from '../../study/map/map-result.ts';
import type { MapPreset } from '../../study/map/presets.ts';
import { presetDescription } from '../../study/presets/descriptions/preset-description.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { presetTime } from '../../study/presets/preset-time.ts';
import { armStyles } from '../arm-style.ts';
import { countedEach } from '../../study/readings/words.ts';
import { AwaitedContext } from '../charts/figure-contexts.ts';
import charts from '../charts/charts.module.css';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { imagesMeta, joinMeta } from '../results/figure-meta.ts';
import { CellLinks } from './CellLinks.tsx';
import { useRunRefusal } from '../use-run.ts';
import css from './map.module.css';
import { InterruptedText } from './InterruptedText.tsx';
import { MAP_WORDS } from './messages.ts';
import { cellReading, mapBasis, mapCaption, mapHeight, mapPlot, mapTable, measuresOf } from './map-plot.ts';

/** Where the map on the page comes from. Named when they are shown: names are in the language of the page. */
const sources = () =>
  [
    { id: 'saved', name: MAP_WORDS.saved },
    { id: 'own', name: MAP_WORDS.own },
  ] as const;

export function MapPanel({ preset }: { preset: MapPreset }) {
  const { maps, mapCommands, study, controller, interrupted } = useServices();
  useEffect(() => {
    void mapCommands().then((commands) => commands.read(document.baseURI));
  }, [mapCommands]);
  const { saved, own, source, measure: wanted, underWay, elsewhere, unfit, notKept } = useStore(maps);
  const config = useStudy((state) => state.config);
  const idle = useStudy((state) => state.status === 'idle');
  const refusal = useRunRefusal();
  const map = shownMap({ saved, own, source }) ?? emptyMap(preset.config);
  const measures = useMemo(() => measuresOf(map), [map]);
  const measure = measures.find(({ id }) => id === wanted) ?? measures.at(0);
  const build = useMemo(() => mapPlot(map, measure), [map, measure]);
  const table = useMemo(() => mapTable(map, measure), [map, measure]);
  const chosen = useMemo(() => cellWith(preset, config), [preset, config]);
  const links = useMemo(
    () =>
      cellsOf(map.config).map((cell) => ({
        cell,
        href: queryFor(location.search, cell.config),
        reading: cellReading(map, cell, measure),
        isChosen: chosen !== null && samePlace(cell, chosen),
        isUnderWay: underWay !== null && samePlace(cell, underWay),
      })),
    [map, measure, chosen, underWay],
  );
  const choose = (cell: MapCell) => study.setState({ config: cell.config, readOnly: false });
  const total = cellsOf(preset.config).length;
  const missing = own ? missingCells(own).length : total;
  const hasCells = missing < total;
  const cut = useStore(interrupted, ({ studies }) => studies.find(({ head }) => head.map === preset.id)) ?? null;
  const begun = hasCells || cut !== null;
  const forget = async (): Promise<void> => {
    await (await mapCommands()).forget();
    await interrupted.refresh();
  };
  const basis = useMemo(() => measure && mapBasis(map, measure), [map, measure]);
  const { arms } = map.config.study;
  const name = PRESET_WORDS.called(preset.name);
  const styles = armStyles(arms);
  return (
    <section className={css.map} aria-label={name}>
      <AwaitedContext value>
        <ChartFigure
          title={name}
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
            MAP_WORDS.done(map.cells.length, total),
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
            hasCells && (
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
            <CellLinks {...{ build, width, height, links }} columns={preset.config.x.values.length} onChoose={choose} />
          )}
          table={table}
          csv={() => mapCsv(map)}
          fileName={`copra-${preset.id}`}
        />
      </AwaitedContext>
      <p className={css.note} role="status">
        {underWay
          ? MAP_WORDS.underWay(total - missing, total)
          : `${presetDescription(preset.id)} ${presetTime(preset.id)}`}{' '}
        {!underWay && cut && <InterruptedText key={cut.head.saved} preset={preset} saved={cut} />}{' '}
        {chosen && !underWay && MAP_WORDS.chosen} {elsewhere > 0 && !underWay && MAP_WORDS.elsewhere(elsewhere)}{' '}
        {unfit.length > 0 && !underWay && MAP_WORDS.unfit(unfit.length)} {notKept} {!underWay && missing > 0 && refusal}
      </p>
      <div className={css.commands}>
        {underWay ? (
          <Button onPress={() => void controller.stop()}>{MAP_WORDS.stopNow(total - missing)}</Button>
        ) : (
          missing > 0 && (
            <Button
              kind="primary"
              isDisabled={!idle || !own || refusal !== null}
              onPress={() => void mapCommands().then((commands) => commands.run())}
            >
              {begun ? MAP_WORDS.goOn(missing) : MAP_WORDS.run(total)}
            </Button>
          )
        )}
        {begun && !underWay && <Button onPress={() => void forget()}>{MAP_WORDS.forget}</Button>}
        {unfit.length > 0 && !underWay && (
          <Button onPress={() => void mapCommands().then((commands) => commands.forgetUnfit())}>
            {MAP_WORDS.forgetUnfit}
          </Button>
        )}
        {!underWay && (
          <Button kind="quiet" onPress={() => showMap(maps, window, null)}>
            {MAP_WORDS.close}
          </Button>
        )}
      </div>
    </section>
  );
}
