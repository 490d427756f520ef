/** What measuring a device found: plain data, as files and links keep it. src/share/measurement/ checks what comes from elsewhere. */
import type { ContenderId } from './contenders.ts';
import type { TaskId } from './tasks.ts';

/** Characters of a text in it: files and links with longer ones are not opened. */
export const LONGEST_TEXT = 300;

/** Seconds of the whole task. */
export interface Timing {
  readonly median: number;
  /** Quartiles over the repetitions. */
  readonly low: number;
  readonly high: number;
  readonly repetitions: number;
  /** Share of the task that one repetition does; the seconds are scaled to the whole. May be above 1: short tasks are repeated within one. */
  readonly part: number;
  /** False where a first run took so long that no second one followed: it includes compiling. */
  readonly warm: boolean;
}

/** One contender at one task. */
export type Cell =
  /** deviation: largest difference of its numbers from those of most contenders, relative; null where nobody else has any. */
  | {
      readonly state: 'measured';
      readonly contender: ContenderId;
      readonly timing: Timing;
      readonly deviation: number | null;
    }
  /** It computed something else than the others; deviation: null where it computed no numbers. */
  | {
      readonly state: 'wrong';
      readonly contender: ContenderId;
      readonly timing: Timing;
      readonly deviation: number | null;
    }
  /** Left out for time (seconds), for memory (gigabytes), or because the device is not here. */
  | {
      readonly state: 'skipped';
      readonly contender: ContenderId;
      readonly why: 'time' | 'memory' | 'absent';
      readonly needs: number | null;
      readonly has: number | null;
    }
  | { readonly state: 'failed'; readonly contender: ContenderId; readonly reason: string };

export interface TaskCells {
  readonly task: TaskId;
  readonly cells: readonly Cell[];
}

/** What a table says of a contender. */
export interface ContenderFacts {
  readonly id: ContenderId;
  /** absent: the device is not here; failed: it is, and could not be opened. */
  readonly state: 'present' | 'absent' | 'failed';
  /** The device's own name, or why there is none. */
  readonly text: string;
  readonly threads: number;
  /** A graphics card that is emulated on the processor. */
  readonly software: boolean;
}

/** The graphics adapter, as the browser tells of it. */
export interface GpuAdapterFacts {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter: boolean;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** Where it was measured. */
export interface Place {
  /** "Chromium 150", "Node 20.20.2" */
  readonly browser: string;
  /** "Linux x86_64"; empty where it is not told. */
  readonly system: string;
  /** The processor's name where it is told, as in Node; empty in browsers. */
  readonly processor: string;
  readonly cores: number;
  /** Gigabytes, rounded by browsers and at most 8 or 32 there; null where they do not tell. */
  readonly memory: number | null;
  /** Whether WASM may have threads (cross-origin isolation). */
  readonly isolated: boolean;
  readonly adapter: GpuAdapterFacts | null;
}

/** A measurement of all devices of one machine, as it is saved. */
export interface Measurement {
  readonly kind: 'copra-measurement';
  readonly version: 1;
  readonly protocol: number;
  /** Of the playground. */
  readonly release: string;
  /** ISO 8601. */
  readonly date: string;
  /** Seconds allowed, and taken. */
  readonly budget: number;
  readonly took: number;
  readonly place: Place;
  readonly contenders: readonly ContenderFacts[];
  /** Tasks that were reached, in order. */
  readonly tasks: readonly TaskCells[];
}
