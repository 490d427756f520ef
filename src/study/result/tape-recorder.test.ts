import { describe, expect, it } from 'vitest';
import { PRESETS } from '../presets/presets.ts';
import { unpackBits } from '../../platform/bits.ts';
import { TapeRecorder } from './tape-recorder.ts';

describe('the activation tape', () => {
  it('records steps and hands out what is new', () => {
    const tape = new TapeRecorder({ ...PRESETS[0].config.training, steps: 3 }, 2);
    tape.push(Uint8Array.of(1, 0));
    expect(tape.since(0)).toEqual(Uint8Array.of(1, 0));
    tape.push(Uint8Array.of(0, 1));
    tape.push(Uint8Array.of(1, 1));
    expect(tape.since(1)).toEqual(Uint8Array.of(0, 1, 1, 1));
    expect(tape.since(3)).toHaveLength(0);
    expect(unpackBits(tape.packed(), 6, 'The tape')).toEqual(Uint8Array.of(1, 0, 0, 1, 1, 1));
  });
});
