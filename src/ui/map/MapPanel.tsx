/** The map on the page: its figure, what is said of it, the commands that run its cells, and the way from a cell to its study. */
import { useEffect, useMemo } from 'react';
import { cellWith } from '../../state/map/map-commands.ts';
import type { MapPreset } from '../../study/map/presets.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { AwaitedContext } from '../charts/figure-contexts.ts';
import { useServices, useStudy } from '../context.ts';
import css from './map.module.css';
import { MapButtons } from './MapButtons.tsx';
import { MapFigure } from './MapFigure.tsx';
import { MapNote } from './MapNote.tsx';
import { useMapProgress } from './use-map-progress.ts';

export function MapPanel({ preset }: { preset: MapPreset }) {
  const { mapCommands } = useServices();
  useEffect(() => {
    void mapCommands().then((commands) => commands.read(document.baseURI));
  }, [mapCommands]);
  const config = useStudy((state) => state.config);
  const chosen = useMemo(() => cellWith(preset, config), [preset, config]);
  const progress = useMapProgress(preset);
  return (
    <section className={css.map} aria-label={PRESET_WORDS.called(preset.name)}>
      <AwaitedContext value>
        <MapFigure preset={preset} chosen={chosen} hasOwn={progress.done > 0} />
      </AwaitedContext>
      <MapNote preset={preset} progress={progress} isChosen={chosen !== null} />
      <MapButtons progress={progress} />
    </section>
  );
}
