/** What is said below a map: what it asks and how long it takes, or how far it has come, and what became of its cells. */
import { useStore } from 'zustand/react';
import type { MapPreset } from '../../study/map/presets.ts';
import { presetDescription } from '../../study/presets/descriptions/preset-description.ts';
import { presetTime } from '../../study/presets/preset-time.ts';
import { useServices } from '../context.ts';
import { useRunRefusal } from '../use-run.ts';
import { InterruptedText } from './InterruptedText.tsx';
import css from './map.module.css';
import { MAP_WORDS } from './messages.ts';
import type { MapProgress } from './use-map-progress.ts';

interface MapNoteProps {
  readonly preset: MapPreset;
  readonly progress: MapProgress;
  /** Whether the settings of the page are those of a cell. */
  readonly isChosen: boolean;
}

export function MapNote({ preset, progress: { total, done, cut }, isChosen }: MapNoteProps) {
  const { underWay, elsewhere, unfit, notRead, notKept } = useStore(useServices().maps);
  const refusal = useRunRefusal();
  return (
    <p className={css.note} role="status">
      {underWay ? (
        <>
          {MAP_WORDS.underWay(done, total)} {notKept?.()}
        </>
      ) : (
        <>
          {presetDescription(preset.id)} {presetTime(preset.id)} {notRead?.()}{' '}
          {cut && <InterruptedText key={cut.head.saved} preset={preset} saved={cut} />} {isChosen && MAP_WORDS.chosen}{' '}
          {elsewhere > 0 && MAP_WORDS.elsewhere(elsewhere)} {unfit.length > 0 && MAP_WORDS.unfit(unfit.length)}{' '}
          {notKept?.()} {done < total && refusal}
        </>
      )}
    </p>
  );
}
