/** Adapters that the real PEFT trained and wrote (tests/python/trained_by_peft.py) give its logits here, on machines without PEFT too. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderReader } from '../../scripts/headless.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { loadBackbone } from '../../src/model/load-backbone.ts';
import { adapterBaseOf } from '../../src/model/peft/base.ts';
import { ADAPTER_CONFIG_FILE, ADAPTER_WEIGHTS_FILE, parsePeftConfig } from '../../src/model/peft/config.ts';
import { readPeft } from '../../src/model/peft/read.ts';
import { readTensors } from '../../src/model/test-golden-files.ts';
import { readBytes } from '../support/files.ts';
import { expectTheirLogits } from '../support/golden/peft-logits.ts';

const FOLDER = 'tests/golden/peft';
const names = readdirSync(FOLDER).filter((name) => existsSync(path.join(FOLDER, name, ADAPTER_CONFIG_FILE)));

describe('an adapter that PEFT trained', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openNodeEngine('wasm', { threads: 1 });
  });
  afterAll(() => engine.dispose());

  it('is LoRA, rsLoRA or DoRA of every family', () => {
    expect(names).toEqual(['clip-both-towers', 'clip-dora', 'dinov2-auto', 'vit-all-linear', 'vit-auto']);
  });

  it.each(names)('gives its logits here: %s', async (name) => {
    const folder = path.join(FOLDER, name);
    const golden = path.join('tests/golden', name.split('-')[0]);
    const { backbone, config } = await loadBackbone(folderReader(golden));
    const adapter = readPeft(
      parsePeftConfig(readBytes(path.join(folder, ADAPTER_CONFIG_FILE)).buffer),
      readTensors(path.join(folder, ADAPTER_WEIGHTS_FILE)),
      adapterBaseOf(backbone, config, true),
    );
    expect(adapter.warnings).toEqual([]);
    const classes = adapter.layout.head?.classes ?? null;
    await expectTheirLogits(engine, backbone, adapter, { golden, folder, classes }, name);
  });
});
