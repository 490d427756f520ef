/** What the recipes of CONTRIBUTING.md are tried with: a small addition of every kind, as edits of the files that it takes. */

/** A new file, or text put behind (or before) a text that the file has. */
export interface Edit {
  readonly file: string;
  readonly content?: string;
  readonly insert?: readonly (readonly [at: string, added: string, where?: 'before' | 'behind'])[];
}

interface Addition {
  /** The heading of the recipe. */
  readonly recipe: string;
  /** What the placeholders of its paths stand for. */
  readonly names: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

const method: Addition = {
  recipe: 'Add a method',
  names: { '<id>': 'coin-flip' },
  edits: [
    {
      file: 'src/copra/methods/coin-flip.ts',
      content: `import { METHOD_WORDS } from './messages.ts';
import type { Method } from './method.ts';

export const coinFlip = {
  id: 'coin-flip',
  label: 'Coin flip',
  get description() {
    return METHOD_WORDS.coinFlip;
  },
  settings: [],
  probability: () => 0.5,
  inputDropout: () => 0,
} as const satisfies Method;
`,
    },
    {
      file: 'src/copra/methods/messages.ts',
      insert: [[`catalogue('methods', {\n`, `  coinFlip: 'Every layer is active in half of the steps.',\n`]],
    },
    {
      file: 'src/copra/methods/messages.de.ts',
      insert: [[`typeof METHOD_WORDS = {\n`, `  coinFlip: 'Jede Schicht ist in der Hälfte der Schritte aktiv.',\n`]],
    },
    {
      file: 'src/copra/methods/registry.ts',
      insert: [
        [`import { copra } from './copra.ts';\n`, `import { coinFlip } from './coin-flip.ts';\n`],
        ['  lora,\n', '  coinFlip,\n'],
      ],
    },
    {
      file: 'src/share/python/laws.ts',
      insert: [[`  lora: {`, `  'coin-flip': { probability: '0.5', inputDropout: '0.0' },\n`, 'before']],
    },
  ],
};

const merging: Addition = {
  recipe: 'Add a merging method',
  names: {},
  edits: [
    { file: 'src/copra/merging/method-ids.ts', insert: [[`export const MERGE_METHOD_IDS = [\n`, `  'first',\n`]] },
    {
      file: 'src/copra/merging/methods.ts',
      insert: [
        [
          `const PROPERTIES: Readonly<Record<MergeMethod, Pick<MethodEntry, 'on' | 'scaled' | 'trims'>>> = {\n`,
          `  first: { on: 'updates', scaled: false, trims: false },\n`,
        ],
      ],
    },
    {
      file: 'src/copra/merging/messages.ts',
      insert: [
        [
          `const METHODS: Readonly<Record<MergeMethod, MethodWords>> = {\n`,
          `  first: { name: 'The first', description: 'The first update alone.' },\n`,
        ],
      ],
    },
    {
      file: 'src/copra/merging/messages.de.ts',
      insert: [
        [
          `export const mergingMethods: typeof MERGING_METHOD_WORDS = {\n`,
          `  first: { name: 'Das erste', description: 'Das erste Update allein.' },\n`,
        ],
      ],
    },
    {
      file: 'src/copra/merge-adapters.ts',
      insert: [
        [`  switch (method) {\n`, `    case 'first':\n      return { layout, scale, values: values[0].slice() };\n`],
      ],
    },
    { file: 'src/share/link/sections/merges.ts', insert: [[`  'peft-magnitude',\n`, `  'first',\n`]] },
  ],
};

const armSetting: Addition = {
  recipe: 'Add a setting of an arm',
  names: {},
  edits: [
    {
      file: 'src/study/config/settings/arm.ts',
      insert: [
        [
          'export const ARM_SETTINGS = {\n',
          `  epsilon: number({
    label: 'Epsilon',
    query: 'epsilon',
    optional: true,
    min: 0,
    max: 1,
    usual: 1e-8,
  }),
`,
        ],
      ],
    },
    {
      file: 'src/study/config/settings/help/messages.ts',
      insert: [
        [
          'const HELP: Readonly<Record<SettingQuery, string>> = {\n',
          `  epsilon: 'Added to the root of the second moment.',\n`,
        ],
      ],
    },
    {
      file: 'src/study/config/settings/messages.de.ts',
      insert: [[`SettingNames>> = {\n`, `  epsilon: { label: 'Epsilon' },\n`]],
    },
    {
      file: 'src/study/config/settings/help/messages.de.ts',
      insert: [[`  help: {\n`, `    epsilon: 'Wird zur Wurzel des zweiten Moments addiert.',\n`]],
    },
    {
      file: 'src/study/run/training/trainer-spec.ts',
      insert: [['weightDecay: plan.weightDecay', ', epsilon: completeArm(plan.trainings[0].arm).epsilon']],
    },
    { file: 'src/share/python/template.py', insert: [['import math\n', `EPSILON = "epsilon"\n`]] },
  ],
};

const analysisSetting: Addition = {
  recipe: 'Add a setting of an analysis',
  names: { '<id>': 'plane' },
  edits: [
    {
      file: 'src/study/analyses/plane/settings.ts',
      insert: [
        [
          'export const PLANE_SETTINGS = {\n',
          `  turned: onOff({ label: 'Turned', query: 'plane-turned', optional: true, usual: false }),\n`,
        ],
      ],
    },
    {
      file: 'src/study/config/settings/help/messages.ts',
      insert: [
        [
          'const HELP: Readonly<Record<SettingQuery, string>> = {\n',
          `  'plane-turned': 'Exchanges both directions.',\n`,
        ],
      ],
    },
    {
      file: 'src/study/config/settings/messages.de.ts',
      insert: [[`SettingNames>> = {\n`, `  'plane-turned': { label: 'Gedreht' },\n`]],
    },
    {
      file: 'src/study/config/settings/help/messages.de.ts',
      insert: [[`  help: {\n`, `    'plane-turned': 'Vertauscht beide Richtungen.',\n`]],
    },
    {
      file: 'src/study/analyses/plane/run.ts',
      insert: [
        [
          'export async function runPlane',
          `export const isTurned = ({ config }: StudyContext): boolean => config.analyses.plane?.turned ?? false;\n\n`,
          'before',
        ],
      ],
    },
  ],
};

const analysis: Addition = {
  recipe: 'Add an analysis',
  names: { '<id>': 'norms', '<Id>': 'Norms' },
  edits: [
    {
      file: 'src/study/analyses/norms/settings.ts',
      content: `import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { onOff } from '../../config/settings/rows.ts';

export const NORMS_SETTINGS = { enabled: onOff({ label: 'Norms', query: 'norms', usual: false }) };

export const NormsSchema = analysisSchema(NORMS_SETTINGS);
`,
    },
    {
      file: 'src/study/analyses/norms/result.ts',
      content: `import * as v from 'valibot';
import { count, labelText, measure } from '../../result/measured.ts';

export const NormsResultSchema = v.object({ arm: labelText, seed: count, norm: measure });
export type NormsResult = v.InferOutput<typeof NormsResultSchema>;
`,
    },
    {
      file: 'src/study/analyses/norms/part.ts',
      content: `import { perRun } from '../../result/result-part.ts';
import type { NormsResult } from './result.ts';

export const NORMS_PART = perRun<NormsResult>('norms', () => [], (run) => run);
`,
    },
    {
      file: 'src/study/analyses/norms/run.ts',
      content: `import { found } from '../../result/result-parts.ts';
import { isOf } from '../../result/run-names.ts';
import { reportPhase, type StudyContext, type TrainedRun } from '../../run/context.ts';

export async function runNorms(context: StudyContext, runs: readonly TrainedRun[]): Promise<void> {
  for (const [index, run] of runs.entries()) {
    await context.checkpoint();
    if (context.known?.norms?.some((entry) => isOf(entry, run))) continue;
    context.emit(found('norms', [{ arm: run.arm.id, seed: run.seed, norm: Math.hypot(...run.adapter) }]));
    reportPhase(context, 'norms', (index + 1) / runs.length);
  }
}
`,
    },
    {
      file: 'src/study/analyses/norms/analysis.ts',
      content: `import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { runNorms } from './run.ts';

export const NORMS: Analysis = {
  id: 'norms',
  work: () => passes(0),
  run: (context, { runs }) => runNorms(context, runs),
};
`,
    },
    {
      file: 'src/study/analyses/schemas.ts',
      insert: [
        [
          `import { PlaneResultSchema }`,
          `import { NormsResultSchema } from './norms/result.ts';
import { NormsSchema, NORMS_SETTINGS } from './norms/settings.ts';
`,
          'before',
        ],
        [`  plane: PLANE_SETTINGS,\n`, `  norms: NORMS_SETTINGS,\n`],
        [`  plane: v.optional(PlaneSchema),\n`, `  norms: v.optional(NormsSchema),\n`],
        [`  planes: v.optional(`, `  norms: v.optional(v.array(NormsResultSchema)),\n`, 'before'],
      ],
    },
    {
      file: 'src/study/config/settings/help/messages.ts',
      insert: [
        ['const HELP: Readonly<Record<SettingQuery, string>> = {\n', `  norms: 'How long the adapters are.',\n`],
      ],
    },
    {
      file: 'src/study/config/settings/messages.de.ts',
      insert: [[`SettingNames>> = {\n`, `  norms: { label: 'Längen' },\n`]],
    },
    {
      file: 'src/study/config/settings/help/messages.de.ts',
      insert: [[`  help: {\n`, `    norms: 'Wie lang die Adapter sind.',\n`]],
    },
    {
      file: 'src/study/result/result-parts.ts',
      insert: [
        [`import { PLANE_PART }`, `import { NORMS_PART } from '../analyses/norms/part.ts';\n`, 'before'],
        [`  geometry: GEOMETRY_PART,\n`, `  norms: NORMS_PART,\n`],
      ],
    },
    {
      file: 'src/study/analyses/registry.ts',
      insert: [
        [`import { PLANE }`, `import { NORMS } from './norms/analysis.ts';\n`, 'before'],
        [`  plane: PLANE,\n`, `  norms: NORMS,\n`],
      ],
    },
    {
      file: 'src/share/analyses/norms/link.ts',
      content: `import type { Section } from '../../link/section.ts';
import { readRunList, writeRunList } from '../../link/sections/context.ts';
import { readCurves, writeCurves } from '../../link/curve-codec.ts';
import { withoutPart } from '../../link/reduction.ts';

export const NORMS_SECTION: Section = {
  tag: 99,
  holds: ({ norms }) => norms !== undefined,
  from: ({ norms }) => norms,
  details: ['distance'],
  reductions: [{ code: 99, worth: 505, figure: 'asked', apply: withoutPart('norms') }],
  write(writer, result) {
    const { norms = [] } = result;
    writeRunList(writer, result, norms);
    writeCurves(writer, [norms.map(({ norm }) => norm)], 'distance');
  },
  read(reader, known) {
    const runs = readRunList(reader, known, 'the number of norms');
    const [norms] = readCurves(reader, [runs.length], 'the norms');
    return { norms: runs.map((run, i) => ({ ...run, norm: norms[i] })) };
  },
};
`,
    },
    {
      file: 'src/share/link/messages.ts',
      insert: [
        [`    74: 'the times of training steps',\n`, `    99: 'the norms of adapters',\n`],
        [`    24: 'the times of training steps',\n`, `    99: 'the norms of adapters',\n`],
      ],
    },
    {
      file: 'src/share/link/messages.de.ts',
      insert: [
        [`    74: 'die Zeiten der Trainingsschritte',\n`, `    99: 'die Normen der Adapter',\n`],
        [`    24: 'die Zeiten der Trainingsschritte',\n`, `    99: 'die Normen der Adapter',\n`],
      ],
    },
    {
      file: 'src/share/analyses/norms/csv.ts',
      content: `import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv } from '../../csv/csv.ts';

export function normsCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  return csv(['arm', 'seed', 'norm'], (result.norms ?? []).map(({ arm, seed, norm }) => [nameOf(arm), seed, norm]));
}
`,
    },
    {
      file: 'src/share/analyses/registry.ts',
      insert: [
        [`import { PLANES_SECTION }`, `import { NORMS_SECTION } from './norms/link.ts';\n`, 'before'],
        [`  plane: [PLANES_SECTION],\n`, `  norms: [NORMS_SECTION],\n`],
      ],
    },
    {
      file: 'src/share/link/base-config.ts',
      insert: [[`  geometry: { enabled: true },\n`, `  norms: { enabled: true },\n`]],
    },
    {
      file: 'src/ui/analyses/norms/messages.ts',
      content: `import { catalogue } from '../../../core/language/catalogue.ts';

export const NORMS_WORDS = catalogue('norms', {
  caption: 'How long the updates of the layers are.',
});
`,
    },
    {
      file: 'src/ui/analyses/norms/messages.de.ts',
      content: `import type { NORMS_WORDS } from './messages.ts';

export const norms: typeof NORMS_WORDS = {
  caption: 'Wie lang die Updates der Schichten sind.',
};
`,
    },
    {
      file: 'src/ui/analyses/norms/NormsFigure.tsx',
      content: `import { normsCsv } from '../../../share/analyses/norms/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { NORMS_WORDS } from './messages.ts';

export const NormsFigure = ({ result }: { result: StudyResult }) => (
  <pre>
    {NORMS_WORDS.caption} {normsCsv(result)}
  </pre>
);
`,
    },
    {
      file: 'src/ui/analyses/announced/messages.ts',
      insert: [
        [
          `  multitask: {`,
          `  norms: { contents: (runs: number): string => \`norms of \${counted(runs, 'run')}\` },\n`,
          'before',
        ],
      ],
    },
    {
      file: 'src/ui/analyses/announced/messages.de.ts',
      insert: [
        [
          `  multitask: {`,
          `  norms: { contents: (runs) => \`Längen von \${germanCount(runs, 'Lauf', 'Läufen')}\` },\n`,
          'before',
        ],
      ],
    },
    {
      file: 'src/ui/analyses/norms/analysis.ts',
      content: `import { lazily } from '../../lazily.tsx';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const NormsFigure: ResultContent = lazily(async () => (await import('./NormsFigure.tsx')).NormsFigure);

export const NORMS = {
  id: 'norms',
  figures: [
    {
      part: 'norms',
      Content: NormsFigure,
      fills: ({ norms = [] }) => norms.length > 0,
      isAskedFor: ({ analyses }) => analyses.norms?.enabled ?? false,
      views: [{ id: 'norms' }],
    },
  ],
  contents: ({ norms = [] }) => contentOf(norms.length, (count) => ANNOUNCED_WORDS.norms.contents(count)),
} as const satisfies ShownAnalysis;
`,
    },
    {
      file: 'src/ui/analyses/registry.ts',
      insert: [
        [`import { PLANE }`, `import { NORMS } from './norms/analysis.ts';\n`, 'before'],
        [`  MULTITASK,\n`, `  NORMS,\n`],
      ],
    },
    { file: 'src/lessons/parts.ts', insert: [[`  'plane',\n`, `  'norms',\n`]] },
    {
      file: 'src/lessons/part-words.ts',
      insert: [[`  plane: 'Plane through three adapters',\n`, `  norms: 'Norms',\n`]],
    },
    {
      file: 'src/lessons/part-words.de.ts',
      insert: [[`  plane: 'Ebene durch drei Adapter',\n`, `  norms: 'Längen',\n`]],
    },
    { file: 'docs/links.md', insert: [['\n| 14 ', '\n| 99 | norms of adapters |', 'before']] },
    { file: 'docs/tables.md', insert: [['\n| `copra-plane.csv`', '\n| `copra-norms.csv` | run | `norm` |', 'before']] },
  ],
};

const chart: Addition = {
  recipe: 'Add a chart',
  names: { '<id>': 'pruning', '<name>': 'runs', '<Name>': 'Runs' },
  edits: [
    {
      file: 'src/ui/analyses/pruning/runs-plot.ts',
      content: `import type { StudyResult } from '../../../study/result/result.ts';
import type { BuildFigure } from '../../charts/figure.ts';

export const runsPlot =
  ({ runs }: StudyResult): BuildFigure =>
  () => ({
    margin: { left: 46, right: 8, top: 26, bottom: 42 },
    pointer: 'nearest',
    panels: [
      {
        title: 'Test accuracy of every run',
        x: { kind: 'linear', title: 'run' },
        y: { kind: 'linear', title: 'test accuracy, %' },
        marks: [
          {
            kind: 'line',
            name: 'runs',
            x: runs.map((_, i) => i),
            y: runs.map(({ test }) => 100 * (test?.accuracy ?? NaN)),
            colour: '--ink',
            width: 1,
            dash: 'solid',
            reading: (i) => \`run \${i}\`,
          },
        ],
      },
    ],
  });
`,
    },
    {
      file: 'src/ui/analyses/pruning/RunsFigure.tsx',
      content: `import { useMemo } from 'react';
import type { StudyResult } from '../../../study/result/result.ts';
import { Chart } from '../../charts/Chart.tsx';
import { runsPlot } from './runs-plot.ts';

export function RunsFigure({ result }: { result: StudyResult }) {
  const build = useMemo(() => runsPlot(result), [result]);
  return <Chart build={build} height={200} label="Test accuracy of every run" />;
}
`,
    },
    {
      file: 'src/ui/analyses/pruning/analysis.ts',
      insert: [
        [`views: [`, `{ id: 'runs', name: 'Runs', Content: RunsFigure }, `],
        [`export const PRUNING`, `import { RunsFigure } from './RunsFigure.tsx';\n\n`, 'before'],
      ],
    },
    {
      file: 'src/ui/charts/test-figures.ts',
      insert: [
        [`import { shapleyPlot }`, `import { runsPlot } from '../analyses/pruning/runs-plot.ts';\n`, 'before'],
        [`    shapley: {`, `    runs: { of: 'runsPlot', build: runsPlot(result), height: 200 },\n`, 'before'],
      ],
    },
  ],
};

const family: Addition = {
  recipe: 'Add a family of backbones',
  names: { '<id>': 'vit-msn' },
  edits: [
    {
      file: 'src/model/families/vit-msn.ts',
      content: `/** ViT-MSN: a ViT that was trained without labels. */
import type { Family } from './family.ts';
import { IMAGENET_IMAGES } from './image-defaults.ts';
import { parseVitConfig, readVit, type VitConfig } from './vit.ts';

export const vitMsn: Family<VitConfig<'vit-msn'>> = {
  label: 'ViT-MSN',
  transformers: { modelType: 'vit_msn', className: /^ViTMSN(Model|ForImageClassification)$/ },
  parseConfig: (json) => parseVitConfig('vit-msn', json, 0),
  readCheckpoint: (config, file, imageSize) => readVit('vit.', config, file, imageSize),
  imageDefaults: () => IMAGENET_IMAGES,
};
`,
    },
    {
      file: 'src/model/families/registry.ts',
      insert: [
        [`import { vit } from './vit.ts';\n`, `import { vitMsn } from './vit-msn.ts';\n`],
        [`FAMILIES = { `, `'vit-msn': vitMsn, `],
      ],
    },
    {
      file: 'src/model/peft/family-names.ts',
      insert: [
        [
          `  dinov2: {\n`,
          `  'vit-msn': {
    layers: () => 'vit.encoder.layer',
    maps: () => VIT_V4,
    modelClass: { base_model_class: 'ViTMSNForImageClassification', parent_library: 'transformers.models.vit_msn.modeling_vit_msn' },
    classifier: 'classifier',
    classifierWidth: ofClassToken,
    barePrefix: 'vit.',
  },\n`,
          'before',
        ],
      ],
    },
    { file: 'src/share/adapter/readme.ts', insert: [[`    case 'vit':\n`, `    case 'vit-msn':\n`]] },
    { file: 'src/model/words.ts', insert: [[`DINOv2 (“dinov2”), `, `ViT-MSN (“vit_msn”), `]] },
    { file: 'src/model/words.de.ts', insert: [[`DeiT („vit“ oder „deit“), `, `ViT-MSN („vit_msn“), `]] },
    {
      file: 'docs/backbones.md',
      insert: [[`| timm   |`, `| ViT-MSN | \`vit_msn\` | |\n`, 'before']],
    },
  ],
};

export const ADDITIONS: readonly Addition[] = [method, merging, armSetting, analysisSetting, analysis, chart, family];
