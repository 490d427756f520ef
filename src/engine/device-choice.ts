/**
 * Which device computes a study where nobody chose. When devices are opened, a small model tells them apart. Where WebAssembly was faster at that, a graphics card that works may still be faster at the
 * wider or longer layers of a study: then both are measured at its shapes, once per card and shapes.
 */
import type { Backbone } from '../model/backbone.ts';
import type { UseStore } from '../platform/indexed-db.ts';
import type { Engine } from './engine.ts';
import { fasterEngine } from './faster-engine.ts';
import { isMeasuredLately } from './measured-lately.ts';
import { secondsPerStep, speedProblemOf, type SpeedProblem } from './probe.ts';
import { ENGINE_NOTICES } from './words.ts';

type Compared = 'wasm' | 'webgpu';

/** Keeps which device was faster. */
export interface FasterShelf {
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

export interface StudyDevice {
  /** Null where no device works any more. */
  readonly engine: Engine | null;
  /** Sentences for the user. */
  readonly notices: readonly string[];
}

export class DeviceChoice {
  /**
   * @param card its name, and the browser @param open opens a device as the first one was opened; rejects where it does not work any more
   */
  constructor(
    private readonly card: string,
    private readonly open: Readonly<Record<Compared, () => Promise<Engine>>>,
    private readonly shelf: FasterShelf,
    private readonly measure: (engine: Engine, problem: SpeedProblem) => Promise<number> = secondsPerStep,
  ) {}

  /** The engine for a study. Where it is not the present one, that is disposed of. */
  async engineFor(present: Engine, { vision }: Pick<Backbone, 'vision'>): Promise<StudyDevice> {
    const stays = { engine: present, notices: [] };
    const problem = speedProblemOf(vision.config);
    const key = `${this.card} | ${JSON.stringify(problem)}`;
    const known = problem ? await this.shelf.load(key) : 'wasm'; // which was faster at the small model
    const { backend } = present.info;
    if (known === backend) return stays;
    const other = await this.open[backend === 'wasm' ? 'webgpu' : 'wasm']().catch(() => null);
    if (!other) return stays;
    let engine: Engine | null = other;
    if (known === null && problem) {
      const [wasm, gpu] = backend === 'wasm' ? [present, other] : [other, present];
      const found = await fasterEngine(wasm, gpu, (one) => this.measure(one, problem));
      ({ engine } = found);
      if (!found.bothWork) return found;
      if (engine) await this.shelf.save(key, engine === wasm ? 'wasm' : 'webgpu');
    } else present.dispose();
    return engine === present || !engine ? stays : { engine, notices: [ENGINE_NOTICES.fasterHere(engine.info.device)] };
  }
}
