/** The activation tape of a run: which layers were active in which step, one bit each. */
import type { StudyConfig } from './config.ts';

/** Rows [steps, players] of 0/1 → base64 of bits, row-major, most significant bit first. */
export function packTape(gates: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(gates.length / 8));
  gates.forEach((gate, i) => {
    if (gate) bytes[i >> 3] |= 0x80 >> (i & 7);
  });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * The inverse of packTape.
 * @param length number of gates, steps × players
 * @throws RangeError when the text is not base64 or too short.
 */
export function unpackTape(text: string, length: number): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new RangeError('The activation tape is not valid base64.');
  }
  if (binary.length * 8 < length)
    throw new RangeError(`The activation tape holds ${binary.length * 8} gates, not ${length}.`);
  const gates = new Uint8Array(length);
  for (let i = 0; i < length; i++) gates[i] = (binary.charCodeAt(i >> 3) >> (7 - (i & 7))) & 1;
  return gates;
}

/** Steps and gates of a run as they accumulate. */
export class TapeRecorder {
  private readonly gates: Uint8Array;
  private steps = 0;

  constructor(
    training: StudyConfig['training'],
    readonly players: number,
  ) {
    this.gates = new Uint8Array(training.steps * players);
  }

  push(players: Uint8Array): void {
    this.gates.set(players, this.steps * this.players);
    this.steps++;
  }

  /** Takes up a packed tape of so many steps. @throws RangeError when it is too short. */
  load(text: string, steps: number): void {
    this.gates.set(unpackTape(text, steps * this.players));
    this.steps = steps;
  }

  /** Rows [from, now). */
  since(from: number): Uint8Array {
    return this.gates.slice(from * this.players, this.steps * this.players);
  }

  /** [players]: in how many of the steps so far the layer was active. */
  activeSteps(): number[] {
    const active = new Array<number>(this.players).fill(0);
    for (let i = 0; i < this.steps * this.players; i++) active[i % this.players] += this.gates[i];
    return active;
  }

  packed(): string {
    return packTape(this.gates.subarray(0, this.steps * this.players));
  }
}
