/** Opens a device where there may be none for a while. */
import type { Engine } from '../engine.ts';
import { NoDeviceError } from '../errors.ts';
import { ENGINE_NOTICES } from '../words.ts';

/** Milliseconds between attempts to open a device where there is none yet: two minutes in all, for which Chrome may refuse one after two losses. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 56_250];

interface Opening {
  readonly open: () => Promise<Engine>;
  /** Waits for so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly isWanted: () => boolean;
  /** Called once, before the first wait. */
  readonly onWait: () => void;
}

/** A new device, for which it waits where there is none yet. @throws NoDeviceError when none comes, or nobody wants it any more */
export async function openPatiently(opening: Opening): Promise<Engine> {
  for (const [i, milliseconds] of WAITS.entries()) {
    try {
      return await openWanted(opening);
    } catch (error) {
      if (!(error instanceof NoDeviceError)) throw error;
      if (i === 0) opening.onWait();
      await opening.wait(milliseconds);
      if (!opening.isWanted()) throw error;
    }
  }
  return openWanted(opening);
}

async function openWanted({ open, isWanted }: Opening): Promise<Engine> {
  const engine = await open();
  if (isWanted()) return engine;
  engine.dispose();
  throw new NoDeviceError(ENGINE_NOTICES.noAnswer);
}
