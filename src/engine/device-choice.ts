/**
 * Which device computes a study where nobody chose. When devices are opened, a small model tells them apart. Where WebAssembly was faster at that, a graphics card that works may still be faster at the
 * wider or longer layers of a study: then both are measured at its shapes, once per card and shapes.
 */
import type { Backbone } from '../model/backbone.ts';
import type { UseStore } from '../platform/indexed-db.ts';
import type { Engine } from './engine.ts';
import { fasterEngine } from './faster-engine.ts';
import type { NoteFailure } from './gpu-trial.ts';
import { isMeasuredLately } from './measured-lately.ts';
import { RecoveringEngine } from './recovering/recovering-engine.ts';
import { secondsPerStep, speedProblemOf, type SpeedProblem } from './pace.ts';
import { ENGINE_NOTICES } from './words.ts';

type Compared = 'wasm' | 'webgpu';

/** Keeps which device was faster. */
interface FasterShelf {
  load(problem: string): Promise<Compared | null>;
  save(problem: string, faster: Compared): Promise<void>;
}

/** In the browser; where it keeps no data, every measurement is the first. */
export function browserFaster(use: UseStore): FasterShelf {
  return {
    async load(key) {
      const kept = await use<unknown>('readonly', (store) => store.get(key)).catch(() => null);
      const { faster, date = '' } = (kept ?? {}) as { readonly faster?: Compared; readonly date?: string };
      return faster !== undefined && isMeasuredLately(date, Date.now()) ? faster : null;
    },
    async save(key, faster) {
      const date = new Date().toISOString();
      await use('readwrite', (store) => store.put({ key, faster, date })).catch(() => {});
    },
  };
}

/** The device that a study gets, and what the reader is told of the choice. */
export interface StudyDevice {
  /** Null where no device works any more. */
  readonly engine: Engine | null;
  /** Sentences for the user. */
  readonly notices: readonly string[];
}

/** What the choice is between, and where it is kept. */
interface ChosenBetween {
  /** The card and the browser, by name. */
  readonly card: string;
  /** Opens a device as the first one was opened; rejects where it does not work any more. */
  readonly open: Readonly<Record<Compared, () => Promise<Engine>>>;
  /** Does what may take the page down with the card. Null: that was tried before, and is still held against it (gpu-trial.ts). */
  readonly tried: <T>(work: (note: NoteFailure) => Promise<T>) => Promise<{ readonly result: T } | null>;
  readonly shelf: FasterShelf;
  /** Seconds per step. */
  readonly measure?: (engine: Engine, problem: SpeedProblem) => Promise<number>;
}

/** A study, as far as its device depends on it. */
export interface PlacedStudy extends Pick<Backbone, 'vision'> {
  /** The backend of what there is of it: what goes on repeats bit for bit on the same device alone. Null: it is new. */
  readonly begunOn: string | null;
  /** Whether other studies compute on this machine: what is measured beside them holds for now only. */
  readonly isBusy: () => Promise<boolean>;
}

/** A card that is lost while it is measured is not opened again for that. */
const measureOnce = (engine: Engine, problem: SpeedProblem): Promise<number> =>
  secondsPerStep(engine instanceof RecoveringEngine ? engine.engine : engine, problem);

/** Of one card: made when devices are opened, and asked before every study. */
export class DeviceChoice {
  constructor(private readonly between: ChosenBetween) {}

  /** The engine for a study. Where it is not the present one, that is disposed of. */
  async engineFor(present: Engine, study: PlacedStudy): Promise<StudyDevice> {
    const { card, open, shelf } = this.between;
    const problem = speedProblemOf(study.vision.config);
    const key = `${card} | ${JSON.stringify(problem)}`;
    // Without a problem, the small model has told which is faster.
    const wanted = study.begunOn ?? (problem ? await shelf.load(key) : 'wasm');
    if (wanted === null && problem) return this.measured(present, problem, key, study.isBusy);
    const stays = { engine: present, notices: [] };
    if ((wanted !== 'wasm' && wanted !== 'webgpu') || wanted === present.info.backend) return stays;
    const engine = await open[wanted]().catch(() => null);
    if (!engine) return stays;
    present.dispose();
    const { begunHere, fasterHere } = ENGINE_NOTICES;
    return { engine, notices: [(study.begunOn === null ? fasterHere : begunHere)(engine.info.device)] };
  }

  /** The faster one at these steps; that is kept, also where one of them fails at them. */
  private async measured(
    present: Engine,
    problem: SpeedProblem,
    key: string,
    isBusy: PlacedStudy['isBusy'],
  ): Promise<StudyDevice> {
    const { open, tried, shelf, measure = measureOnce } = this.between;
    const stays = { engine: present, notices: [] };
    const found = await tried(async (note) => {
      const wasBusy = await isBusy();
      const isWasm = present.info.backend === 'wasm';
      const other = await open[isWasm ? 'webgpu' : 'wasm']().catch((error: unknown) => {
        note(error);
        return null;
      });
      if (!other) return null;
      const [wasm, gpu] = isWasm ? [present, other] : [other, present];
      const faster = await fasterEngine(wasm, gpu, { measure: (one) => measure(one, problem) });
      if (faster.engine && !wasBusy && !(await isBusy()))
        await shelf.save(key, faster.engine === wasm ? 'wasm' : 'webgpu');
      return faster;
    });
    if (!found?.result) return stays;
    const { engine, bothWork } = found.result;
    if (!bothWork || !engine) return found.result;
    return engine === present ? stays : { engine, notices: [ENGINE_NOTICES.fasterHere(engine.info.device)] };
  }
}
