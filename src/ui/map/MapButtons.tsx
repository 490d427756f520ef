/** The commands of a map. */
import { useStore } from 'zustand/react';
import { showMap } from '../../state/map/map-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { useRunRefusal } from '../use-run.ts';
import css from './map.module.css';
import { MAP_WORDS } from './messages.ts';
import type { MapProgress } from './use-map-progress.ts';

export function MapButtons({ progress: { total, done, cut } }: { readonly progress: MapProgress }) {
  const { maps, mapCommands, controller, interrupted } = useServices();
  const { own, underWay, unfit } = useStore(maps);
  const isIdle = useStudy((state) => state.status === 'idle');
  const refusal = useRunRefusal();
  const begun = done > 0 || cut !== null;
  const order = async (command: 'run' | 'forget' | 'forgetUnfit'): Promise<void> => (await mapCommands())[command]();
  return (
    <div className={css.commands}>
      {/* One button starts and stops, so the focus stays on it. */}
      {underWay ? (
        <Button onPress={() => void controller.stop()}>{MAP_WORDS.stopNow(done)}</Button>
      ) : (
        done < total && (
          <Button kind="primary" isDisabled={!isIdle || !own || refusal !== null} onPress={() => void order('run')}>
            {begun ? MAP_WORDS.goOn(total - done) : MAP_WORDS.run(total)}
          </Button>
        )
      )}
      {!underWay && (
        <>
          {begun && (
            <Button onPress={() => void order('forget').then(() => interrupted.refresh())}>{MAP_WORDS.forget}</Button>
          )}
          {unfit.length > 0 && <Button onPress={() => void order('forgetUnfit')}>{MAP_WORDS.forgetUnfit}</Button>}
          <Button kind="quiet" onPress={() => showMap(maps, window, null)}>
            {MAP_WORDS.close}
          </Button>
        </>
      )}
    </div>
  );
}
