/** The words of "Measure this device". */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import type { Unit } from '../../engine/backends.ts';
import type { ContenderId, Stock } from '../../engine/measure/contenders.ts';
import type { TaskId } from '../../engine/measure/tasks.ts';

interface MeasureMessages {
  readonly title: string;
  readonly close: string;
  readonly intro: (seconds: number) => string;
  readonly start: (seconds: number) => string;
  readonly again: string;
  readonly stop: string;
  readonly stopping: string;
  readonly preparing: string;
  readonly doing: (task: string, contender: string) => string;
  readonly progress: string;
  readonly busy: string;
  /** A study or another engine ended it. */
  readonly interrupted: string;
  readonly openFile: string;
  readonly closeOther: string;
  readonly own: string;
  readonly other: string;
  readonly which: string;
  readonly contenders: Readonly<Record<ContenderId, string>>;
  readonly units: Readonly<Record<Unit, string>>;
  readonly tasks: Readonly<Record<TaskId, { readonly name: string; readonly of: string }>>;
  readonly task: string;
  /** In the column of a stock program: how many times as fast ours is. */
  readonly times: (ratio: string, range: string) => string;
  readonly tableNote: string;
  /** A first run, which includes compiling, alone. */
  readonly cold: string;
  readonly once: string;
  /** In the place of quartiles of one or two runs. */
  readonly fewRuns: string;
  readonly range: (low: string, high: string) => string;
  readonly perSecond: (amount: string) => string;
  readonly wrong: string;
  readonly failed: string;
  readonly noTime: string;
  readonly needsTime: (seconds: string) => string;
  readonly needsMemory: (needs: string, has: string) => string;
  readonly absent: string;
  readonly deviation: (value: string) => string;
  /** Ratios to stock programs; at least one. */
  readonly headline: (unit: string, task: string, ratios: readonly string[]) => string;
  /** In a headline. */
  readonly timesStock: (ratio: string, stock: Stock) => string;
  readonly noRatio: string;
  readonly emulated: string;
  readonly reasons: string;
  readonly compare: string;
  readonly compareNote: string;
  readonly compareHead: (which: 'own' | 'other') => string;
  readonly ratio: string;
  readonly roofline: {
    readonly title: string;
    readonly help: readonly string[];
    readonly message: string;
    readonly reading: (parts: readonly string[]) => string;
    readonly unit: (unit: string, peak: string, copy: string, low: string, high: string) => string;
    readonly empty: string;
    readonly x: string;
    readonly y: string;
    readonly roof: (unit: string) => string;
    readonly point: (contender: string, task: string, rate: string, share: string) => string;
    readonly head: readonly string[];
    readonly repetitions: (least: number, most: number) => string;
  };
  readonly facts: {
    readonly title: string;
    readonly measured: string;
    readonly browser: string;
    readonly system: string;
    readonly processor: string;
    readonly cores: string;
    readonly memory: string;
    readonly notTold: string;
    readonly isolated: string;
    readonly yes: string;
    readonly no: string;
    readonly adapter: string;
    readonly noAdapter: string;
    readonly vendor: string;
    readonly fallback: string;
    readonly features: string;
    readonly limits: string;
    readonly took: string;
    readonly release: string;
  };
  readonly share: {
    readonly title: string;
    readonly link: string;
    readonly file: string;
    readonly fileNote: string;
    readonly card: string;
    readonly cardNote: string;
    readonly privacy: string;
    readonly scan: string;
    readonly cardFacts: (parts: readonly string[]) => string;
  };
}

export const MEASURE = catalogue<MeasureMessages>('measure', {
  title: 'Measure this device',
  close: 'Close',
  intro: (seconds) =>
    `For about ${seconds} seconds our engine, its passes in stock TensorFlow.js and the plain model there take turns at the same work, on the processor and on the graphics card if WebGPU reaches one. Nothing is sent anywhere.`,
  start: (seconds) => `Measure, about ${seconds} s`,
  again: 'Measure again',
  stop: 'Stop',
  stopping: 'Stopping after this run',
  preparing: 'opening devices',
  doing: (task, contender) => `${task}: ${contender}`,
  progress: 'Progress of the measurement',
  busy: 'A study is running. Measure when it has ended.',
  interrupted: 'The measurement was stopped by what else the page was asked to do.',
  openFile: 'Open a measurement …',
  closeOther: 'Close the other one',
  own: 'This device',
  other: 'The other device',
  which: 'Measurement shown',
  contenders: {
    wasm: 'Ours, WASM',
    'tfjs-wasm-passes': 'Stock, our passes, WASM',
    'tfjs-wasm': 'Stock, plain, WASM',
    webgpu: 'Ours, WebGPU',
    'tfjs-webgpu-passes': 'Stock, our passes, WebGPU',
    'tfjs-webgpu': 'Stock, plain, WebGPU',
  },
  units: { processor: 'the processor', card: 'the graphics card' },
  tasks: {
    'product-square': { name: 'Product, 1,024³', of: '1,024 × 1,024 by 1,024 × 1,024' },
    'product-fc1': { name: 'Product, fc1', of: 'Emoji-CLIP’s fc1, 4 runs: 2,176 × 64 by 64 × 256' },
    'product-fc2': { name: 'Product, fc2', of: 'Emoji-CLIP’s fc2, 4 runs: 2,176 × 256 by 256 × 64' },
    'product-vit': { name: 'Product, ViT', of: 'ViT-B/32’s fc1, 8 images: 400 × 768 by 768 × 3,072' },
    copy: { name: 'Copy', of: '32 MiB read and 32 MiB written; since protocol 4 others each time, of 256 MiB' },
    call: { name: 'One call', of: 'one of 256 small products in a row' },
    'step-1': { name: 'Training step', of: 'Emoji-CLIP, one run, batch 32' },
    'step-4': { name: 'Step of four runs', of: 'Emoji-CLIP, four runs, batch 32 each' },
    landscape: { name: 'Landscape', of: '21 adapters on 64 images' },
    shapley: { name: 'Exact Shapley', of: '4,096 sets of layers on 4 images' },
    'vit-step': { name: 'ViT-B/32 step', of: 'its shapes with random weights, batch 8' },
  },
  task: 'Task',
  times: (ratio, range) => `ours ${ratio} × (${range})`,
  tableNote:
    'Medians with quartiles over repetitions, contenders in turns. “Stock” computes in TensorFlow.js’s own operations: “our passes” as our engine goes about it, “plain” as one writes the model there, with autodiff. “Ours … ×”: how many times as fast ours is on the same unit, from the worst to the best quartiles. First runs include compiling and are not compared.',
  cold: 'first run only',
  once: 'one run',
  fewRuns: 'few runs',
  range: (low, high) => `${low} to ${high}`,
  perSecond: (amount) => `${amount} per s`,
  wrong: 'wrong numbers',
  failed: 'failed',
  noTime: 'no time left',
  needsTime: (seconds) => `skipped: would take ${seconds}`,
  needsMemory: (needs, has) => `skipped: needs ${needs} of memory, has ${has}`,
  absent: 'not here',
  deviation: (value) => `differs by ${value}`,
  headline: (unit, task, ratios) => `On ${unit} ours takes the ${task.toLowerCase()} ${ratios.join(' and ')}.`,
  timesStock: (ratio, stock) =>
    stock === 'plain'
      ? `${ratio} times as fast as plain TensorFlow.js`
      : `${ratio} times as fast as our passes in its operations`,
  noRatio: 'No training step was measured with both ours and stock TensorFlow.js.',
  emulated: 'The graphics card is emulated on the processor here: its numbers say nothing about graphics cards.',
  reasons: 'What is missing, and why',
  compare: 'Side by side',
  compareNote:
    'The fastest contender with right numbers on either device. Ratio: how many times as fast this device is, from the worst to the best quartiles. Copies before protocol 4 are not compared with later ones: some caches held them.',
  compareHead: (which) => (which === 'own' ? 'This device' : 'The other device'),
  ratio: 'Ratio',
  roofline: {
    title: 'How near to the peak',
    help: [
      'Across: how many multiplications and additions a task has per byte that must be moved. Up: how many it made per second. The line is the roof: the best rate of any product measured here, and to the left what the best copy rate allows.',
      'A point at the roof cannot be faster by better programs of this kind. A point may lie above it where caches are faster than memory.',
    ],
    message: 'Under the roof is what programs leave unused.',
    reading: (parts) => parts.join(' '),
    unit: (unit, peak, copy, low, high) =>
      `On ${unit} products reach ${peak} and copies ${copy}; ours comes to ${low} to ${high} of the roof in training and evaluation.`,
    empty: 'Measure to see it.',
    x: 'FLOP per byte',
    y: 'GFLOP per second',
    roof: (unit) => `roof of ${unit}`,
    point: (contender, task, rate, share) => `${contender}, ${task}: ${rate}, ${share} of the roof`,
    head: ['Contender', 'Task', 'FLOP per byte', 'GFLOP/s', 'Share of the roof'],
    repetitions: (least, most) =>
      least === most ? counted(least, 'repetition') : `${least} to ${counted(most, 'repetition')}`,
  },
  facts: {
    title: 'What was measured',
    measured: 'Measured',
    browser: 'Browser',
    system: 'System',
    processor: 'Processor',
    cores: 'Cores',
    memory: 'Memory',
    notTold: 'not told',
    isolated: 'Isolated, so that WASM may have threads',
    yes: 'yes',
    no: 'no',
    adapter: 'Graphics adapter',
    noAdapter: 'none answers WebGPU',
    vendor: 'Vendor, architecture',
    fallback: 'Fallback adapter',
    features: 'Features',
    limits: 'Limits',
    took: 'Took',
    release: 'Version of the page, protocol',
  },
  share: {
    title: 'Share this measurement',
    link: 'Link to this measurement',
    file: 'Measurement',
    fileNote: 'JSON in full; opens here again',
    card: 'Card',
    cardNote: 'one picture to post, with a code that leads to the measurement',
    privacy: 'It names browser, system, processor where it is told, and graphics adapter.',
    scan: 'Scan to compare',
    cardFacts: (parts) => parts.join(' · '),
  },
});
