import { shownTask } from '../../data/bundled/task-names.ts';
import { useStore } from 'zustand/react';
import { showMap } from '../../state/map/map-store.ts';
import { MAP_STATE_WORDS } from '../../state/map/messages.ts';
import { openRoomPanel } from '../../state/room/room-store.ts';
import { resumableHere } from '../../state/study/interrupted-store.ts';
import { resumeStudy } from '../../state/study/resume-study.ts';
import type { SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import { CHECKPOINT_WORDS } from '../../study/checkpoint/words.ts';
import { MAP_PRESETS, type MapPreset } from '../../study/map/presets.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import css from '../App.module.css';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { InterruptedText } from '../map/InterruptedText.tsx';
import { INTERRUPTED_WORDS } from './messages.ts';
import { resumeLabel } from '../use-resume.ts';
import { useAgo } from '../use-ago.ts';
import { useRunRefusal } from '../use-run.ts';

function Offer({ saved }: { saved: SavedStudy }) {
  const services = useServices();
  const { interrupted, room } = services;
  const { task, step, config, byClass = false, stopped = false, adds = false } = saved.head;
  const { steps } = config.training;
  const trained = step >= steps;
  const arms = config.arms.map((arm) => PRESET_WORDS.arm(arm));
  const words = INTERRUPTED_WORDS;
  const refusal = useRunRefusal();
  const when = useAgo(saved.head.saved);
  const resume = async (simulates: boolean): Promise<void> => {
    // Where its class is opened again, which has the same code.
    if (byClass && !simulates) openRoomPanel(room);
    await resumeStudy(services, saved, simulates);
  };
  return (
    <div className={css.notice} role="status">
      <p>
        {words.was(stopped, adds)}
        {words.what(arms, shownTask(config.task, task), trained ? null : step, steps, when)}
      </p>
      {byClass && <p>{words.byClass}</p>}
      {refusal !== null && <p>{refusal}</p>}
      <div className={css.choices}>
        <Button kind="primary" isDisabled={refusal !== null} onPress={() => void resume(false)}>
          {resumeLabel(saved.head)}
        </Button>
        {byClass && (
          <Button isDisabled={refusal !== null} onPress={() => void resume(true)}>
            {words.resumeSimulated}
          </Button>
        )}
        <Button kind="quiet" onPress={() => void interrupted.discard(saved.id)}>
          {words.discard}
        </Button>
      </div>
    </div>
  );
}

/** A cell of a map goes on with the map. */
function MapOffer({ saved, preset }: { saved: SavedStudy; preset: MapPreset }) {
  const { interrupted, maps, mapCommands } = useServices();
  const refusal = useRunRefusal();
  const goOn = async (): Promise<void> => {
    showMap(maps, window, preset);
    const commands = await mapCommands();
    await commands.read(document.baseURI);
    await commands.run();
    await interrupted.refresh();
  };
  return (
    <div className={css.notice} role="status">
      <p>
        <InterruptedText preset={preset} saved={saved} />
      </p>
      {refusal !== null && <p>{refusal}</p>}
      <div className={css.choices}>
        <Button kind="primary" isDisabled={refusal !== null} onPress={() => void goOn()}>
          {MAP_STATE_WORDS.goOn}
        </Button>
        <Button kind="quiet" onPress={() => void interrupted.discard(saved.id)}>
          {INTERRUPTED_WORDS.discard}
        </Button>
      </div>
    </div>
  );
}

/** One that another version saved: that version may come back. */
function Foreign({ id }: { id: string }) {
  const { interrupted } = useServices();
  return (
    <div className={css.notice} role="status">
      <p>{CHECKPOINT_WORDS.otherVersion}</p>
      <div className={css.choices}>
        <Button kind="quiet" onPress={() => void interrupted.discard(id)}>
          {INTERRUPTED_WORDS.discard}
        </Button>
      </div>
    </div>
  );
}

/** Offers to resume studies that a reload or crash interrupted, or that were stopped before, while no other study runs. That which was stopped on this page is offered where it was stopped, and so is a cell of the map on the page. */
export function InterruptedStudies() {
  const services = useServices();
  const interrupted = useStore(services.interrupted);
  const map = useStore(services.maps, (state) => state.preset);
  const idle = useStudy((state) => state.status === 'idle');
  const here = resumableHere(
    interrupted,
    useStudy((state) => state.checkpoint),
  );
  const studies = interrupted.studies.filter((saved) => saved !== here && (!map || saved.head.map !== map.id));
  const { foreign } = interrupted;
  if (!idle || studies.length + foreign.length === 0) return null;
  return (
    <section className={css.notices} aria-label={INTERRUPTED_WORDS.label}>
      {studies.map((saved) => {
        const preset = MAP_PRESETS.find(({ id }) => id === saved.head.map);
        return preset ? (
          <MapOffer key={saved.id} saved={saved} preset={preset} />
        ) : (
          <Offer key={saved.id} saved={saved} />
        );
      })}
      {foreign.map((id) => (
        <Foreign key={id} id={id} />
      ))}
    </section>
  );
}
