/** Progress of a transfer for people: bytes, speed, time left. */
import { latestOnly } from '../../platform/latest-only.ts';

export interface TransferProgress {
  /** The current phase: reading descriptions, fetching weights, or checking them. */
  readonly phase: 'describe' | 'weights' | 'check';
  readonly doneBytes: number;
  /** 0 while it is not known. */
  readonly totalBytes: number;
  readonly bytesPerSecond: number | null;
  readonly remainingSeconds: number | null;
  /** Why the transfer is waiting; null while it is not. */
  readonly waiting: string | null;
}

/** Speed is measured over this many seconds. */
const WINDOW = 5;
/** Reports of bytes come at most this often, in milliseconds. */
const INTERVAL = 200;

/** @param now current time in seconds; @param report receives the progress */
export function transferMeter(report: (progress: TransferProgress) => void, now: () => number) {
  let current: TransferProgress = {
    phase: 'describe',
    doneBytes: 0,
    totalBytes: 0,
    bytesPerSecond: null,
    remainingSeconds: null,
    waiting: null,
  };
  let samples: { at: number; bytes: number }[] = [];
  const soon = latestOnly(report, INTERVAL);
  const tell = (): void => {
    soon.end();
    report(current);
  };
  const advance = (bytes: number): void => {
    const at = now();
    const { totalBytes, waiting } = current;
    const doneBytes = current.doneBytes + bytes;
    samples = [...samples.filter((sample) => at - sample.at <= WINDOW), { at, bytes: doneBytes }];
    const [first] = samples;
    const speed = at > first.at ? (doneBytes - first.bytes) / (at - first.at) : null;
    const remainingSeconds = speed && totalBytes > 0 ? (totalBytes - doneBytes) / speed : null;
    current = { ...current, doneBytes, bytesPerSecond: speed, remainingSeconds, waiting: null };
    if (waiting !== null || (totalBytes > 0 && doneBytes >= totalBytes)) tell();
    else soon.pass(current);
  };
  return {
    phase(phase: TransferProgress['phase'], doneBytes: number, totalBytes: number): void {
      samples = [{ at: now(), bytes: doneBytes }];
      current = { phase, doneBytes, totalBytes, bytesPerSecond: null, remainingSeconds: null, waiting: null };
      tell();
    },
    advance,
    /** Bytes of the descriptions, whose number nobody knows before: those of other phases are counted when they are kept. */
    received(bytes: number): void {
      if (current.phase === 'describe') advance(bytes);
    },
    wait(reason: string): void {
      samples = [];
      current = { ...current, bytesPerSecond: null, remainingSeconds: null, waiting: reason };
      tell();
    },
    /** Stops reporting. */
    end: () => soon.end(),
  };
}

export type TransferMeter = ReturnType<typeof transferMeter>;
