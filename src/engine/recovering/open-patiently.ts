/** Opens a device where there may be none for a while. */
import { unlessAborted } from '../../platform/unless-aborted.ts';
import type { Engine } from '../engine.ts';
import { NoDeviceError } from '../errors.ts';

/** Milliseconds between attempts to open a device where there is none yet: two minutes in all, for which Chrome may refuse one after two losses. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 56_250];

interface Opening {
  readonly open: () => Promise<Engine>;
  /** Waits for so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Aborted, nobody wants the device any more. */
  readonly signal: AbortSignal;
  /** Called once, before the first wait. */
  readonly onWait: () => void;
}

/** A new device, for which it waits where there is none yet. @throws NoDeviceError when none comes, or the signal's reason */
export async function openPatiently({ open, wait, signal, onWait }: Opening): Promise<Engine> {
  for (const [i, milliseconds] of WAITS.entries()) {
    try {
      return await openWanted(open, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof NoDeviceError)) throw error;
      if (i === 0) onWait();
      await unlessAborted(wait(milliseconds), signal);
    }
  }
  return openWanted(open, signal);
}

/** A device that comes when nobody wants it any more is given back. */
async function openWanted(open: () => Promise<Engine>, signal: AbortSignal): Promise<Engine> {
  const opened = open();
  try {
    return await unlessAborted(opened, signal);
  } catch (error) {
    if (signal.aborted)
      opened.then(
        (late) => late.dispose(),
        () => undefined,
      );
    throw error;
  }
}
