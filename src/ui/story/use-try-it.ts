import { useState } from 'react';
import { useStore } from 'zustand/react';
import { isUntouched } from '../../state/study/replace-shown.ts';
import { tryItOf } from '../../state/study/estimates.ts';
import { TRY_IT_SECONDS } from '../../study/presets/try-it.ts';
import { useServices, useStudy } from '../context.ts';

/** A device that was not measured by then gets a study that any device can do. */
const PATIENCE_MS = 15_000;

export interface TryIt {
  readonly start: () => void;
  /** Seconds that it will take. */
  readonly seconds: number;
  /** It was pressed, and the device is being measured. */
  readonly isSizing: boolean;
}

/** The command behind "Try it": a study of about a minute, sized for this device. */
export function useTryIt(): TryIt {
  const { controller, estimates, study } = useServices();
  const seconds = useStore(estimates, ({ tryIt }) => tryIt?.seconds ?? TRY_IT_SECONDS);
  const isIdle = useStudy(({ status }) => status === 'idle');
  const [isSizing, setSizing] = useState(false);
  const begin = async (): Promise<void> => {
    setSizing(true);
    const before = study.getState();
    await controller.findEngine();
    const config = await tryItOf(estimates, PATIENCE_MS);
    setSizing(false);
    const now = study.getState();
    // What was opened or set while the device was measured is not taken away.
    if (now.status !== 'idle' || !isUntouched(before, now)) return;
    study.setState({ config, readOnly: false });
    await controller.run(null);
  };
  return { start: () => void (isIdle && !isSizing && begin()), seconds, isSizing };
}
