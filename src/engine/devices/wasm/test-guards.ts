/** What a device writes behind its blocks. */
import { blockSize } from './arena.ts';
import type { WasmDevice } from './wasm-device.ts';

/** Bits of a float that is no number, and of another one after any arithmetic: a signalling one, which becomes quiet. */
const GUARD = 0x7f80_1234;

/** Guards what lies behind every block that commands write, none of which is used twice; returns how many words behind them were written. */
export function guardBlocks({ recorder }: WasmDevice): () => number {
  const { arena } = recorder;
  const words = () => (recorder as unknown as { ints: Int32Array }).ints;
  const guarded: (readonly [from: number, to: number])[] = [];
  const forCommands = arena.forCommands.bind(arena);
  arena.release = () => {};
  arena.forCommands = (bytes) => {
    const address = forCommands(bytes);
    const place = [(address + bytes) / 4, (address + blockSize(bytes)) / 4] as const;
    words().fill(GUARD, ...place);
    guarded.push(place);
    return address;
  };
  return () =>
    guarded.splice(0).reduce(
      (sum, [from, to]) =>
        sum +
        words()
          .subarray(from, to)
          .filter((word) => word !== GUARD).length,
      0,
    );
}
