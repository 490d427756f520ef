/** The Python export trains as this project does: a tiny ViT, step by step the same adapters. Needs torch, transformers, peft and accelerate. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderReader } from '../../scripts/headless.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { loadBackbone } from '../../src/model/load-backbone.ts';
import { adapterBaseOf } from '../../src/model/peft/base.ts';
import { parsePeftConfig } from '../../src/model/peft/config.ts';
import { readPeft } from '../../src/model/peft/read.ts';
import { parseSafetensors } from '../../src/model/safetensors.ts';
import { pythonScript } from '../../src/share/python/script.ts';
import type { RunAdapter } from '../../src/study/run-adapter.ts';
import { python, sayUnchecked } from '../support/python.ts';
import { inputsOf, record, tinyArm, tinyTask, trainingOnly } from '../support/tiny-study.ts';

const LIBRARIES = 'import torch, torchvision, transformers, peft, accelerate';
const canTrain = spawnSync('python3', ['-c', LIBRARIES]).status === 0;
if (!canTrain) sayUnchecked('the trajectory of the Python export (torch, torchvision, transformers, peft, accelerate)');

const folder = mkdtempSync(path.join(tmpdir(), 'trajectory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Trains every run of the script on the images of `data`, in place of those of a folder. */
const DRIVER = `
import json, sys
from pathlib import Path
study = {"__name__": "study"}
exec(compile(Path(sys.argv[1]).read_text(encoding="utf8"), "train_copra.py", "exec"), study)
import torch
from accelerate import Accelerator

class Given:
    def __init__(self, images):
        side = images["side"]
        pixels = torch.tensor(images["pixels"], dtype=torch.float32).reshape(-1, side, side, 3).permute(0, 3, 1, 2)
        self.pixels, self.labels = (pixels / 255 - 0.5) / 0.5, torch.tensor(images["labels"])
    def __len__(self):
        return len(self.labels)
    def batch(self, indices, augmented, device):
        assert not augmented
        return self.pixels[indices].to(device), self.labels[indices].to(device)

given = Given(json.loads(Path(sys.argv[2]).read_text()))
accelerator = Accelerator(cpu=True)
for arm in study["ARMS"]:
    for seed in study["SEEDS"]:
        study["train_run"](accelerator, arm, seed, given, given, Path(sys.argv[3]))
`;

const norm = (values: Iterable<number>): number => Math.hypot(...values);

describe.skipIf(!canTrain)('the Python script', () => {
  it('moves adapters and classifier where this project moves them', { timeout: 300_000 }, async () => {
    const vit = path.join(folder, 'vit');
    cpSync('tests/golden/vit', vit, { recursive: true });
    const model = await loadBackbone(folderReader(vit));
    // The images of the tiny task, each pixel four times in either direction: the golden ViT takes 32 px.
    const { train, imageSize, ...task } = tinyTask(24);
    const side = 4 * imageSize;
    const pixels = Uint8Array.from({ length: 24 * side * side * 3 }, (_, i) => {
      const [channel, x, y] = [i % 3, Math.floor(i / 3) % side, Math.floor(i / 3 / side) % side];
      const image = Math.floor(i / 3 / side / side);
      return train.pixels[((image * imageSize + (y >> 2)) * imageSize + (x >> 2)) * 3 + channel];
    });
    const images = { ...train, pixels };
    const config = trainingOnly({
      backbone: vit,
      seeds: [4],
      arms: [tinyArm('lora'), tinyArm('copra')].map((arm) => ({ ...arm, learningRate: 0.003 })),
      training: { ...trainingOnly().training, steps: 16, augment: false, validateEvery: 100 },
    });

    const engine = await openNodeEngine('wasm', { threads: 1 });
    const ours: RunAdapter[] = [];
    const inputs = { model, task: { ...task, imageSize: side, train: images, validation: images, test: images } };
    await record(inputsOf(engine, config, inputs), (event) => {
      if (event.type === 'adapter') ours.push({ ...event.adapter, values: event.adapter.values.slice() });
    });
    engine.dispose();

    const script = path.join(folder, 'train_copra.py');
    const data = path.join(folder, 'images.json');
    const out = path.join(folder, 'adapters');
    writeFileSync(script, pythonScript(config, task));
    writeFileSync(data, JSON.stringify({ side, pixels: [...pixels], labels: [...train.labels] }));
    python(DRIVER, script, data, out);

    expect(ours).toHaveLength(2);
    const base = adapterBaseOf(model.backbone, model.config, false);
    for (const { arm, seed, layout, values } of ours) {
      const at = path.join(out, `${arm}-${seed}`);
      const peft = parsePeftConfig(new Uint8Array(readFileSync(path.join(at, 'adapter_config.json'))).buffer);
      const file = parseSafetensors(readFileSync(path.join(at, 'adapter_model.safetensors')));
      const theirs = readPeft(peft, file, base);
      expect(theirs.layout).toEqual(layout);
      // B and the classifier's bias start at zero: where both went is all that counts.
      const moved = layout.pairs.flatMap(({ bOffset, outFeatures }) => [
        ...values.subarray(bOffset, bOffset + outFeatures * layout.rank),
      ]);
      expect(norm(moved)).toBeGreaterThan(0.01);
      const distance = norm(values.map((value, i) => value - theirs.values[i]));
      expect(distance / norm(moved), arm).toBeLessThan(0.01);
    }
  });
});
