/** The device on which the worker computes, or why there is none. */
import type { OpenedEngine } from '../engine/browser.ts';
import type { Engine } from '../engine/engine.ts';
import type { PageFacts } from '../engine/page-facts.ts';
import type { BackendId } from '../engine/backends.ts';
import type { Backbone } from '../model/backbone.ts';
import { asError } from '../core/error-text.ts';
import type { OpenedEngineInfo } from './protocol.ts';

/** The device of a study, and sentences for the user about it. */
export interface DeviceOfStudy {
  readonly engine: Engine;
  readonly notices: readonly string[];
}

interface Places {
  /** Opens a device. @throws Error saying why it cannot be used */
  readonly openEngine: (backend: BackendId | 'auto', page: PageFacts) => Promise<OpenedEngine>;
  /** Whether studies compute elsewhere on this machine. */
  readonly isBusy: () => Promise<boolean>;
}

export class OpenDevice {
  private opened: Pick<OpenedEngine, 'engine' | 'byShapes'> | null = null;
  /** Why none is open: what became of the one that was asked for last. */
  private refusal = new Error('The engine is not open.');

  constructor(private readonly places: Places) {}

  /** @throws Error when none is open, saying why */
  get engine(): Engine {
    if (!this.opened) throw this.refusal;
    return this.opened.engine;
  }

  /** As it is, whatever is studied. @throws Error when none is open, saying why */
  get present(): DeviceOfStudy {
    return { engine: this.engine, notices: [] };
  }

  /** Opens another in place of the present one. @throws Error saying why it cannot be used: then none is open */
  async open(backend: BackendId | 'auto', page: PageFacts): Promise<OpenedEngineInfo> {
    this.opened?.engine.dispose();
    this.opened = null;
    try {
      const { notices, ...opened } = await this.places.openEngine(backend, page);
      this.opened = opened;
      return { engine: opened.engine.info, notices, ...(opened.byShapes && { looksAgain: true }) };
    } catch (error) {
      this.refusal = asError(error);
      throw this.refusal;
    }
  }

  /**
   * The device of a study on a backbone, where the choice is left to the page: it may be another than the present one, which is then disposed of.
   * @param begunOn the backend of what there is of the study; null: it is new
   * @throws Error where no device works any more
   */
  async fitting({ vision }: Backbone, begunOn: string | null): Promise<DeviceOfStudy> {
    const { present } = this;
    const byShapes = this.opened?.byShapes;
    if (!byShapes) return present;
    const { engine, notices } = await byShapes.engineFor(present.engine, {
      vision,
      begunOn,
      isBusy: this.places.isBusy,
    });
    this.opened = engine && { engine, byShapes };
    if (engine) return { engine, notices };
    this.refusal = new Error(notices.join(' '));
    throw this.refusal;
  }

  /** @param signal until when a device that is lost is waited for; null: as long as one may come */
  waitUntil(signal: AbortSignal | null): void {
    this.opened?.engine.waitUntil?.(signal);
  }
}
