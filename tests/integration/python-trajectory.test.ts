/** The Python export trains as this project does: tiny models, after the same steps the same adapters. Needs torch, transformers, peft and accelerate. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderReader } from '../../scripts/headless.ts';
import { PROJECTIONS } from '../../src/core/adapter-layout.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { loadBackbone } from '../../src/model/load-backbone.ts';
import { adapterBaseOf } from '../../src/model/peft/base.ts';
import { parsePeftConfig } from '../../src/model/peft/config.ts';
import { readPeft } from '../../src/model/peft/read.ts';
import { parseSafetensors } from '../../src/model/safetensors.ts';
import type { PromptTokenizer } from '../../src/model/tokenizer.ts';
import { pythonScript } from '../../src/share/python/script.ts';
import { readStudy } from '../../src/share/study-file/read-study.ts';
import type { ArmConfig } from '../../src/study/config/config.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import { enlargedTask } from '../support/enlarged-task.ts';
import { hasModules, python, sayUnchecked } from '../support/python.ts';
import { inputsOf, record, tinyArm, tinyTask, trainingOnly } from '../support/tiny-study.ts';

const canTrain = hasModules('torch', 'torchvision', 'transformers', 'peft', 'accelerate');
if (!canTrain) sayUnchecked('the trajectory of the Python export (torch, torchvision, transformers, peft, accelerate)');

const folder = mkdtempSync(path.join(tmpdir(), 'trajectory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Trains every run of the script on the images of `data`, in place of those of a folder, with its ids in place of a tokenizer's. */
const DRIVER = `
import json, sys
from pathlib import Path
study = {"__name__": "study"}
exec(compile(Path(sys.argv[1]).read_text(encoding="utf8"), "train_copra.py", "exec"), study)
import torch
from accelerate import Accelerator

data = json.loads(Path(sys.argv[2]).read_text())

class Given:
    motifs = None
    def __init__(self):
        side = data["side"]
        pixels = torch.tensor(data["pixels"], dtype=torch.float32).reshape(-1, side, side, 3).permute(0, 3, 1, 2)
        mean, std = (torch.tensor(data[name]).reshape(3, 1, 1) for name in ("mean", "std"))
        self.pixels, self.labels = (pixels / 255 - mean) / std, torch.tensor(data["labels"])
    def __len__(self):
        return len(self.labels)
    def batch(self, indices, augmented, device):
        assert not augmented
        return self.pixels[indices].to(device), self.labels[indices].to(device)

class Tokenizer:
    @staticmethod
    def from_pretrained(path):
        return Tokenizer()
    def __call__(self, prompts, padding, truncation, max_length, return_tensors):
        assert (padding, truncation, return_tensors) == ("max_length", True, "pt")
        ids = torch.tensor([data["tokens"][prompt] for prompt in prompts])
        assert ids.shape[1] == max_length
        end = ids.argmax(-1, keepdim=True)
        return {"input_ids": ids, "attention_mask": (torch.arange(max_length) <= end).long()}

study["AutoTokenizer"] = Tokenizer
study["Images"] = lambda folder, shots=None, keeps=True: Given()
out = Path(sys.argv[3])
accelerator = Accelerator(cpu=True)
for arm in study["ARMS"]:
    for seed in study["SEEDS"]:
        study["train_run"](accelerator, arm, seed, Given(), Given(), out, None)
if accelerator.is_main_process:
    study["analyse"](out, out, torch.device("cpu"))
`;
/** The same with several processes. */
const LAUNCH = `
import subprocess, sys
command = [sys.executable, "-m", "accelerate.commands.launch", "--cpu", "--num_processes", sys.argv[1], *sys.argv[2:]]
subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
`;

const norm = (values: Iterable<number>): number => Math.hypot(...values);
const SIDE = 32;

/** Ids of letters as the golden CLIP knows them, [context]: start, one per word, end, filled up with the end. */
function encode(prompt: string, context: number, end: number): number[] {
  const words = prompt.split(' ').map((word) => 2 + ((word.length * 7 + word.charCodeAt(0)) % 100));
  return [end - 1, ...words, ...Array<number>(context).fill(end)].slice(0, context);
}
const tokenizer: PromptTokenizer = {
  encodePrompts: (prompts, context, end) => Int32Array.from(prompts.flatMap((prompt) => encode(prompt, context, end))),
  unknownWords: () => [],
};

const rate = { learningRate: 0.003 };
const trained: readonly (readonly [model: string, arms: readonly ArmConfig[]])[] = [
  [
    'vit',
    [
      tinyArm('lora', 'lora', rate),
      tinyArm('copra', 'copra', rate),
      tinyArm('lora', 'rs-plus', { ...rate, rank: 3, rsLora: true, loraPlusRatio: 4, weightDecay: 0.1 }),
      tinyArm('copra', 'modules', { ...rate, granularity: 'module', rescale: true, projections: ['q', 'o', 'fc1'] }),
      tinyArm('lora', 'dora', { ...rate, dora: true, loraPlusRatio: 4, weightDecay: 0.1 }),
      tinyArm('copra', 'copra-dora', { ...rate, dora: true, granularity: 'module', rescale: true }),
    ],
  ],
  [
    'dinov2',
    [
      tinyArm('copra', 'copra', { ...rate, projections: [...PROJECTIONS] }),
      tinyArm('copra', 'copra-dora', { ...rate, projections: [...PROJECTIONS], dora: true }),
    ],
  ],
  [
    'clip',
    [
      tinyArm('copra', 'vision', rate),
      tinyArm('copra', 'both', { ...rate, towers: ['vision', 'text'] }),
      tinyArm('copra', 'both-dora', { ...rate, towers: ['vision', 'text'], dora: true }),
      tinyArm('stochastic-depth', 'depth', { ...rate, towers: ['vision', 'text'], granularity: 'module' }),
    ],
  ],
];

describe.skipIf(!canTrain)('the Python script', () => {
  it.each(trained)('moves adapters of %s where this project moves them', { timeout: 600_000 }, async (golden, arms) => {
    const at = (...parts: string[]) => path.join(folder, golden, ...parts);
    cpSync(`tests/golden/${golden}`, at('model'), { recursive: true });
    const model = { ...(await loadBackbone(folderReader(at('model')))), tokenizer };
    const task = enlargedTask(tinyTask(24), SIDE);
    const config = trainingOnly({
      backbone: at('model'),
      seeds: [4],
      arms: [...arms],
      training: { ...trainingOnly().training, steps: 16, augment: false, validateEvery: 100 },
    });

    const engine = await openNodeEngine('wasm', { threads: 1 });
    const ours: RunAdapter[] = [];
    await record(inputsOf(engine, config, { model, task }), (event) => {
      if (event.type === 'adapter') ours.push({ ...event.adapter, values: event.adapter.values.slice() });
    });
    engine.dispose();

    const { train, prompts } = task;
    const { mean, std } = model.preprocessing;
    const tokens = Object.fromEntries(prompts.map((prompt) => [prompt, encode(prompt, 16, 119)]));
    const data = { side: SIDE, mean, std, tokens, pixels: [...train.pixels], labels: [...train.labels] };
    writeFileSync(at('train_copra.py'), pythonScript(config, task));
    writeFileSync(at('data.json'), JSON.stringify(data));
    writeFileSync(at('driver.py'), DRIVER);
    python(DRIVER, at('train_copra.py'), at('data.json'), at('alone'));
    python(LAUNCH, '2', at('driver.py'), at('train_copra.py'), at('data.json'), at('both'));

    expect(ours).toHaveLength(arms.length);
    const base = adapterBaseOf(model.backbone, model.config, true);
    for (const processes of ['alone', 'both']) {
      const opened = await readStudy('json', new Blob([readFileSync(at(processes, 'result.json'))]));
      expect(opened?.kind).toBe('result');
      if (opened?.kind === 'result') expect(opened.result.runs.map((run) => run.arm)).toEqual(arms.map(({ id }) => id));
      for (const { arm, seed, layout, values } of ours) {
        const saved = at(processes, `${arm}-${seed}`);
        const peft = parsePeftConfig(new Uint8Array(readFileSync(path.join(saved, 'adapter_config.json'))).buffer);
        const theirs = readPeft(
          peft,
          parseSafetensors(readFileSync(path.join(saved, 'adapter_model.safetensors'))),
          base,
        );
        expect(theirs.layout).toEqual(layout);
        // B and the classifier's bias start at zero: where both went is all that counts.
        const moved = layout.pairs.flatMap(({ bOffset, outFeatures }) => [
          ...values.subarray(bOffset, bOffset + outFeatures * layout.rank),
        ]);
        expect(norm(moved)).toBeGreaterThan(0.01);
        const distance = norm(values.map((value, i) => value - theirs.values[i]));
        expect.soft(distance / norm(moved), `${arm}, ${processes}`).toBeLessThan(0.001);
      }
    }
  });
});
