/** README.md of an exported adapter: what it is, how to load it, where it comes from. */
import { inEnglish } from '../../core/language/catalogue.ts';
import { integer, percent } from '../../core/number-format.ts';
import { counted } from '../../core/counted.ts';
import { markdownCode, markdownText } from '../../core/markdown.ts';
import { hasPrompts, type AdapterBase } from '../../model/peft/base.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import { FAMILY_NAMES, type Naming } from '../../model/peft/family-names.ts';
import { tellingModule } from '../../model/peft/names.ts';
import type { FlatAdapter } from '../../model/peft/write.ts';
import { completeArm, type ArmConfig, type StudyConfig } from '../../study/config/config.ts';
import { ARM_ROWS, reads } from '../../study/config/settings/arm.ts';
import { inSentence, valueText } from '../../study/config/settings/rows.ts';
import { pythonLiteral } from '../python/literal.ts';
import { cardHead } from './card-head.ts';
import type { Provenance, RunProvenance } from './provenance.ts';

export interface ReadmeFacts {
  readonly name: string;
  readonly adapter: FlatAdapter;
  readonly base: AdapterBase;
  /** Its name on a hub, or of its folder. */
  readonly baseModel: string;
  readonly revision: string | null;
  /** Where the folder of the backbone is; null: it has a name on a hub. */
  readonly folder: string | null;
  readonly weights: readonly OriginDigest[];
  readonly naming: Naming;
  readonly classes: readonly string[];
  readonly provenance: Provenance;
}

const accuracyText = (share: number | null): string => (share === null ? 'not measured' : percent(share, 2));

/** "rank 4, alpha 4, …": all settings that apply to the method. */
function settingsOf(arm: ArmConfig): string {
  const complete = completeArm(arm);
  return ARM_ROWS.filter(([key]) => reads(key, complete))
    .map(([key, row]) => `${inSentence(row.label)} ${valueText(row, complete[key])}`)
    .join(', ');
}

const inputText = ({ imageSize }: StudyConfig): string =>
  imageSize === undefined
    ? "Images have the backbone's own input size"
    : `Images have ${imageSize} × ${imageSize} pixels, whatever the backbone's own input size is`;

/** Classes that a sentence names. */
const NAMED = 12;

/** An id tells of a bundled task what it is, and of own images nothing. */
function taskText({ study, taskName, classes }: RunProvenance): string {
  const named = taskName === null ? null : markdownText(taskName);
  const others = classes.length > NAMED ? ` and ${integer(classes.length - NAMED)} more` : '';
  const told = classes.slice(0, NAMED).map(markdownText).join(', ');
  const of = classes.length > 0 ? ` of ${counted(classes.length, 'class', 'classes')} (${told}${others})` : '';
  return study.task === 'dropped'
    ? `own images${named === null ? '' : ` “${named}”`}${of}`
    : `the task ${named ?? markdownCode(study.task)}${of}`;
}

function origin(provenance: Provenance): string[] {
  switch (provenance.kind) {
    case 'run': {
      const { arm, seed, study, testAccuracy, testImages, frozen } = provenance;
      return [
        `Trained with ${markdownText(arm.name)} (\`${arm.method}\`), seed ${seed}: ${counted(study.training.steps, 'step')} of ${counted(study.training.batchSize, 'image')}, AdamW, ${study.training.learningRateSchedule} schedule, on ${taskText(provenance)}.`,
        `Settings: ${settingsOf(arm)}.`,
        `${inputText(study)}${study.shots === null ? '' : `, with ${counted(study.shots, 'image')} of every class${study.draw ? ` (draw ${study.draw})` : ''}`}.`,
        `Test accuracy ${accuracyText(testAccuracy)}${testImages === null ? '' : ` on ${counted(testImages, 'image')}`}; ${frozen?.name === 'head only' ? 'a head trained alone on the frozen backbone' : 'zero-shot'} ${accuracyText(frozen && frozen.accuracy)}.`,
      ];
    }
    case 'merge':
      return [
        `Merged by ${markdownCode(provenance.method)} from:`,
        ...provenance.sources.map(
          ({ name, weight }) => `- ${markdownText(name)}, weight ${Number(weight.toPrecision(6))}`,
        ),
      ];
    case 'file':
      return [`Read from ${markdownCode(provenance.file)} and written again.`];
  }
}

function loading({ base, baseModel, revision, folder, adapter, classes }: ReadmeFacts): string {
  const model = pythonLiteral(baseModel);
  const pinned = revision ? `, revision=${pythonLiteral(revision)}` : '';
  const labels = adapter.layout.head?.classes ?? classes.length;
  switch (base.family) {
    case 'clip':
      return `from transformers import CLIPModel\n\nmodel = CLIPModel.from_pretrained(${model}${pinned})`;
    case 'clip-vision':
      return `from torch import nn\nfrom transformers import CLIPVisionModel\n\nmodel = CLIPVisionModel.from_pretrained(${model}${pinned})\nmodel.classifier = nn.Linear(model.config.hidden_size, ${labels})  # applied to pooler_output`;
    case 'timm': {
      const onHub = `hf_hub:${baseModel}${revision ? `@${revision}` : ''}`;
      const place = pythonLiteral(folder === null ? onHub : `local-dir:${baseModel}`);
      return `import timm\n\nmodel = timm.create_model(${place}, pretrained=True, num_classes=${labels})`;
    }
    case 'deit':
      // A distilled checkpoint names a class with two classifiers, which AutoModel would take.
      return `from transformers import DeiTForImageClassification\n\nmodel = DeiTForImageClassification.from_pretrained(\n    ${model}${pinned}, num_labels=${labels}, ignore_mismatched_sizes=True\n)`;
    case 'vit':
    case 'dinov2':
      return `from transformers import AutoModelForImageClassification\n\nmodel = AutoModelForImageClassification.from_pretrained(\n    ${model}${pinned}, num_labels=${labels}, ignore_mismatched_sizes=True\n)`;
  }
}

/** For which versions of transformers the modules are named, and what tells: PEFT leaves out without a word what a model does not have. */
function namingLine(family: AdapterBase['family'], naming: Naming, telling: string): string {
  const since = FAMILY_NAMES[family].renamedIn ?? null;
  const known = naming === 'v5' ? `transformers ${since} and newer` : `transformers before ${since}`;
  const versions = since === null ? `${naming === 'v5' ? 'newer' : 'older'} versions of transformers` : known;
  return `Module names are those of ${versions}, where the model has \`${telling}\`. Where \`get_submodule\` does not find it, take the adapter with the other names.`;
}

const digestLine = ({ file, sha256, confirmed }: OriginDigest): string =>
  `- ${markdownText(file)}: \`${sha256}\`${confirmed ? ', as its hub names it' : ''}`;

/** In English, whatever the page speaks. */
export const adapterReadme = (facts: ReadmeFacts): string => inEnglish(() => readme(facts));

function readme(facts: ReadmeFacts): string {
  const { name, adapter, base, folder, weights, naming, classes, provenance } = facts;
  const { layout, scale } = adapter;
  const telling = tellingModule(layout.pairs, base.family, naming);
  return [
    ...cardHead({
      hasPrompts: hasPrompts(base),
      hasClassifier: layout.head !== null,
      dora: layout.dora,
      baseModel: folder === null ? facts.baseModel : null,
    }),
    '',
    `# ${markdownText(name)}`,
    '',
    `A ${layout.dora ? 'DoRA' : 'LoRA'} adapter for PEFT: rank ${layout.rank}, scale ${Number(scale.toPrecision(6))}, ${counted(layout.pairs.length, 'adapted map')} in ${counted(layout.players.length, 'layer')}.`,
    ...(telling === null ? [] : ['', namingLine(base.family, naming, telling)]),
    '',
    '```python',
    'from peft import PeftModel',
    loading(facts),
    ...(telling === null ? [] : [`model.get_submodule(${pythonLiteral(telling)})`]),
    'model = PeftModel.from_pretrained(model, "PATH/TO/THIS/FOLDER")',
    '```',
    '',
    ...(folder === null ? [] : [`The backbone is a folder, which no hub has: ${markdownText(folder)}.`, '']),
    '## Where it comes from',
    '',
    ...origin(provenance),
    '',
    ...(weights.length > 0 ? ['Weights of the backbone (SHA-256):', '', ...weights.map(digestLine), ''] : []),
    ...(layout.head && classes.length > 0
      ? [
          `Its classifier (\`${FAMILY_NAMES[base.family].classifier}\`) tells apart, in this order: ${classes.map(markdownText).join(', ')}.`,
          '',
        ]
      : []),
    'More of how it was made, prompts included, is in `copra.json`. Made with CopRA Playground.',
    '',
  ].join('\n');
}
