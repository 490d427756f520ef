/** The WASM engine of a file's tests. */
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';

/** Opens the engine before the first test, hands it over, and disposes of it after the last. */
export function withWasmEngine(use: (engine: Engine) => void, threads = 2): void {
  let opened: Engine;
  beforeAll(async () => {
    opened = await openNodeEngine('wasm', { threads });
    use(opened);
  });
  afterAll(() => opened.dispose());
}
