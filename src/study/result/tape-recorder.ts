/** The activation tape of a run: which layers were active in which step, one bit each. */
import { packBits, unpackBits } from '../../platform/bits.ts';
import type { StudyConfig } from '../config/config.ts';

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

  /** Loads a packed tape of this many steps. @throws RangeError when it is too short. */
  load(text: string, steps: number): void {
    this.gates.set(unpackBits(text, steps * this.players, 'The activation tape'));
    this.steps = steps;
  }

  /** Rows [from, now). */
  since(from: number): Uint8Array {
    return this.gates.slice(from * this.players, this.steps * this.players);
  }

  /** [players]: in how many of the first `steps` the layer was active. */
  activeSteps(steps: number = this.steps): number[] {
    const active = new Array<number>(this.players).fill(0);
    for (let i = 0; i < steps * this.players; i++) active[i % this.players] += this.gates[i];
    return active;
  }

  packed(): string {
    return packBits(this.gates.subarray(0, this.steps * this.players));
  }
}
