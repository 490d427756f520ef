/**
 * Adapters between this project and the real PEFT: what is exported here gives our logits there, loaded as its README says; what
 * save_pretrained writes there gives their logits here. Needs torch, transformers, peft and safetensors.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderReader } from '../../scripts/headless.ts';
import { randomAdapter } from '../../src/copra/test-layouts.ts';
import { createAdapterLayout, PROJECTIONS, type AdapterTargets } from '../../src/core/adapter-layout.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { readJsonFile } from '../support/files.ts';
import { readTensors } from '../../src/model/test-golden-files.ts';
import { loadBackbone, type LoadedBackbone } from '../../src/model/load-backbone.ts';
import { adapterBaseOf, hasPrompts } from '../../src/model/peft/base.ts';
import { ADAPTER_CONFIG_FILE, parsePeftConfig, ADAPTER_WEIGHTS_FILE } from '../../src/model/peft/config.ts';
import type { Naming } from '../../src/model/peft/family-names.ts';
import { readPeft } from '../../src/model/peft/read.ts';
import { scaleOf, type FlatAdapter, type LoraScaling } from '../../src/model/peft/write.ts';
import { adapterFolder } from '../../src/share/adapter/folder.ts';
import { expectTheirLogits } from '../support/golden/peft-logits.ts';
import { hasModules, python, sayUnchecked } from '../support/python.ts';

const canLoad = hasModules('torch', 'transformers', 'peft', 'safetensors');
if (!canLoad) sayUnchecked('adapters in the real PEFT (torch, transformers, peft, safetensors)');

const CLASSES = 3;
const FAMILIES = ['clip', 'clip-vision', 'vit', 'dinov2'] as const;
type Family = (typeof FAMILIES)[number];

const root = mkdtempSync(path.join(tmpdir(), 'python-peft-'));
afterAll(() => rmSync(root, { recursive: true }));
const backboneOf = (family: Family): string => path.join(root, 'backbones', family);
/** CLIP's vision tower alone is that of the golden CLIP. */
const goldenOf = (family: Family): string => `tests/golden/${family === 'clip-vision' ? 'clip' : family}`;

/** Logits of a PEFT model on the inputs of a golden forward, [images, classes]. */
const FORWARD = `
import json, sys
from pathlib import Path
import torch
from safetensors.torch import load_file, save_file

def logits(model, inputs):
    inputs = load_file(inputs)
    model.eval()
    with torch.no_grad():
        if "input_ids" in inputs and hasattr(model.base_model.model, "text_projection"):
            return model(input_ids=inputs["input_ids"].long(), pixel_values=inputs["pixel_values"]).logits_per_image
        output = model(pixel_values=inputs["pixel_values"])
        return output.logits if "logits" in output else model.base_model.model.classifier(output.pooler_output)

def keep(folder, model, inputs):
    save_file({"logits": logits(model, inputs).contiguous()}, str(Path(folder) / "logits.safetensors"))
`;

/** Loads every adapter as its README says. */
const LOAD = `${FORWARD}
from peft import get_peft_model_state_dict

for folder, inputs in json.loads(sys.argv[1]):
    code = (Path(folder) / "README.md").read_text().split("\`\`\`python")[1].split("\`\`\`")[0]
    loaded = {}
    exec(code.replace("PATH/TO/THIS/FOLDER", folder), loaded)
    trained = load_file(str(Path(folder) / "adapter_model.safetensors"))
    state = get_peft_model_state_dict(loaded["model"])
    for name, value in trained.items():
        assert torch.equal(state[name], value), name + " was not loaded"
    keep(folder, loaded["model"], inputs)
`;

/** Makes adapters as PEFT's users do: lists of targets, ranks and α by pattern, a classifier. */
const SAVE = `${FORWARD}
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForImageClassification, CLIPModel, CLIPVisionModel

for family, backbone, folder, inputs, settings in json.loads(sys.argv[1]):
    torch.manual_seed(7)
    if family == "clip":
        model = CLIPModel.from_pretrained(backbone)
    elif family == "clip-vision":
        model = CLIPVisionModel.from_pretrained(backbone)
        model.classifier = torch.nn.Linear(model.config.hidden_size, ${CLASSES})
    else:
        model = AutoModelForImageClassification.from_pretrained(backbone, num_labels=${CLASSES}, ignore_mismatched_sizes=True)
    save = None if family == "clip" else ["classifier"]
    model = get_peft_model(model, LoraConfig(modules_to_save=save, **settings))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if ".lora_B." in name:
                parameter.normal_(std=0.1)
            if "lora_magnitude_vector" in name:
                parameter.mul_(torch.rand_like(parameter) + 0.5)
            if family == "dinov2" and name.endswith("modules_to_save.default.weight"):
                parameter[:, parameter.shape[1] // 2 :] = 0
    model.save_pretrained(folder)
    keep(folder, model, inputs)
`;

describe.skipIf(!canLoad)('PEFT', () => {
  const models = {} as Record<Family, LoadedBackbone>;
  let engine: Engine;
  let namings: Record<Family, Naming>;

  beforeAll(async () => {
    for (const family of FAMILIES) {
      cpSync(goldenOf(family), backboneOf(family), { recursive: true });
      if (family === 'clip-vision') {
        const { vision_config } = readJsonFile(path.join(goldenOf(family), 'config.json')) as { vision_config: object };
        writeFileSync(path.join(backboneOf(family), 'config.json'), JSON.stringify(vision_config));
      }
      models[family] = await loadBackbone(folderReader(backboneOf(family)));
    }
    engine = await openNodeEngine('wasm', { threads: 1 });
    // Each family was renamed in a version of its own.
    namings = JSON.parse(
      python(`
import json
from transformers import CLIPVisionConfig, CLIPVisionModel, Dinov2Config, Dinov2Model, ViTConfig, ViTModel

def naming(model, new):
    return "v5" if any(name.endswith(new) for name, _ in model.named_modules()) else "v4"

one = {"num_hidden_layers": 1}
vision = CLIPVisionModel(CLIPVisionConfig(**one))
print(json.dumps({
    "clip": "v5",
    "clip-vision": "v4" if hasattr(vision, "vision_model") else "v5",
    "vit": naming(ViTModel(ViTConfig(**one)), "attention.q_proj"),
    "dinov2": naming(Dinov2Model(Dinov2Config(**one)), "attention.q_proj"),
}))`),
    ) as Record<Family, Naming>;
  }, 120_000);
  afterAll(() => engine.dispose());

  /** Both sides agree, on logits the adapter changes far beyond the tolerance. */
  const expectTheirs = (family: Family, adapter: FlatAdapter, folder: string, what: string): Promise<void> =>
    expectTheirLogits(
      engine,
      models[family].backbone,
      adapter,
      { golden: goldenOf(family), folder, classes: family === 'clip' ? null : CLASSES },
      `${family}, ${what}`,
    );

  it('gives our logits with what is exported here', { timeout: 300_000 }, async () => {
    const variants: { name: string; targets: AdapterTargets; scaling: LoraScaling | null; scale: number }[] = [
      {
        name: 'all',
        targets: { rank: 3, towers: ['vision', 'text'], projections: PROJECTIONS },
        scaling: null,
        scale: 0.7,
      },
      {
        name: 'rsLoRA of some',
        targets: { rank: 5, towers: ['vision'], projections: ['q', 'v', 'fc2'] },
        scaling: { alpha: 2, rsLora: true },
        scale: scaleOf({ alpha: 2, rsLora: true }, 5),
      },
      {
        name: 'DoRA',
        targets: { rank: 3, dora: true, towers: ['vision', 'text'], projections: PROJECTIONS },
        scaling: null,
        scale: 0.7,
      },
    ];
    const made: { family: Family; name: string; folder: string; adapter: FlatAdapter }[] = [];
    for (const family of FAMILIES)
      for (const { name, targets, scaling, scale } of variants) {
        const { backbone, config } = models[family];
        const base = adapterBaseOf(backbone, config, true);
        const head = hasPrompts(base) ? null : { classes: CLASSES, features: backbone.vision.config.width };
        const layout = createAdapterLayout(base.shapes, targets, head);
        const values = randomAdapter(layout, made.length).map((value) => value / 5);
        const adapter = { layout, scale, values };
        const folder = path.join(root, `ours-${made.length}`);
        mkdirSync(folder);
        const files = await adapterFolder({
          name,
          adapter,
          base,
          backbone: backboneOf(family),
          weights: [],
          trainedFor: null,
          naming: namings[family],
          scaling,
          classes: [],
          provenance: { kind: 'file', file: name, baseModel: null, copra: null },
          appVersion: 'test',
        });
        for (const [file, bytes] of Object.entries(files)) writeFileSync(path.join(folder, file), bytes);
        made.push({ family, name, folder, adapter });
      }
    const jobs = made.map(({ family, folder }) => [folder, path.join(goldenOf(family), 'forward.safetensors')]);
    python(LOAD, JSON.stringify(jobs));
    for (const { family, folder, adapter, name } of made) await expectTheirs(family, adapter, folder, name);
  });

  it('writes what gives its logits here', { timeout: 300_000 }, async () => {
    const namesOf = (family: Family) => {
      if (family.startsWith('clip')) return ['q_proj', 'v_proj', 'out_proj'];
      return namings[family] === 'v5' ? ['q_proj', 'v_proj', 'o_proj'] : ['query', 'value', 'attention.output.dense'];
    };
    const made = FAMILIES.flatMap((family) => {
      const [first, , third] = namesOf(family);
      return [
        { r: 4, lora_alpha: 6, target_modules: namesOf(family) },
        {
          r: 2,
          lora_alpha: 3,
          use_rslora: true,
          target_modules: 'all-linear',
          exclude_modules: 'visual_projection|text_projection',
        },
        {
          r: 3,
          lora_alpha: 3,
          target_modules: namesOf(family),
          rank_pattern: { [first]: 2 },
          alpha_pattern: { [third]: 9 },
          layers_to_transform: [0, 1],
        },
        { r: 4, lora_alpha: 2, use_dora: true, target_modules: namesOf(family) },
      ].map((settings, i) => ({ family, settings, folder: path.join(root, `theirs-${family}-${i}`) }));
    });
    const jobs = made.map(({ family, settings, folder }) => [
      family,
      backboneOf(family),
      folder,
      path.join(goldenOf(family), 'forward.safetensors'),
      settings,
    ]);
    python(SAVE, JSON.stringify(jobs));
    for (const { family, folder, settings } of made) {
      const { backbone, config } = models[family];
      const adapter = readPeft(
        parsePeftConfig(new Uint8Array(readFileSync(path.join(folder, ADAPTER_CONFIG_FILE))).buffer),
        readTensors(path.join(folder, ADAPTER_WEIGHTS_FILE)),
        adapterBaseOf(backbone, config, true),
      );
      expect.soft(adapter.warnings, `${family}, ${JSON.stringify(settings)}`).toEqual([]);
      await expectTheirs(family, adapter, folder, JSON.stringify(settings));
    }
  });
});
