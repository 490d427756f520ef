/** The measurements of docs/devices/ as tables, and what is missing among them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cellOf, ratioOnUnit, roofOf } from '../../src/engine/measure/compare.ts';
import type { Unit } from '../../src/engine/backends.ts';
import { RIVALS, STOCKS, type ContenderId, type Stock } from '../../src/engine/measure/contenders.ts';
import type { ContenderFacts, Measurement } from '../../src/engine/measure/measurement.ts';
import type { TaskId } from '../../src/engine/measure/tasks.ts';
import { listed } from '../../src/core/listed.ts';
import { markdownText } from '../../src/core/markdown.ts';
import { MISSING } from '../../src/core/number-format.ts';
import { readMeasurement } from '../../src/share/measurement/schema.ts';
import { amountText, missingText, rateText, ratioText } from '../../src/ui/measure/amounts.ts';
import { markdownTable } from '../markdown-table.ts';
import { collectedCards } from './cards.ts';

const FOLDER = path.join('docs', 'devices');

const SHOWN: readonly { readonly task: TaskId; readonly name: string }[] = [
  { task: 'step-1', name: 'training step' },
  { task: 'step-4', name: 'step of four runs' },
  { task: 'landscape', name: 'landscape' },
  { task: 'shapley', name: 'exact Shapley, sets' },
  { task: 'vit-step', name: 'ViT-B/32 step' },
];

/** Names under which browsers tell who made a graphics card. */
const VENDORS = ['NVIDIA', 'AMD', 'Intel', 'Apple', 'Qualcomm', 'ARM'];
const BROWSERS = ['Chromium', 'Firefox', 'Safari'];

export interface Collected {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly measurement: Measurement;
}

/**
 * By name. Reports about adapters that compute on the processor prove kernels and tell no speed, and those of commands that ended early may have measured nothing: they are not among them.
 * @throws Error naming a file that holds no measurement
 */
export function collectedDevices(folder = FOLDER): Collected[] {
  const others = collectedCards(folder).flatMap(({ name, report }) =>
    report.adapter.software || report.measurement === null ? [`${name}.json`] : [],
  );
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !others.includes(file))
    .sort()
    .map((file) => {
      try {
        return {
          name: file.replace(/\.json$/, ''),
          measurement: readMeasurement(readFileSync(path.join(folder, file), 'utf8')),
        };
      } catch (cause) {
        throw new Error(`${path.join(folder, file)} holds no measurement.`, { cause });
      }
    });
}

const presentOn = ({ contenders }: Measurement, unit: Unit): ContenderFacts | undefined =>
  contenders.find(({ id, state }) => id === RIVALS[unit].own && state === 'present');

const STOCK_NAMES: Readonly<Record<Stock, string>> = {
  passes: 'our passes in stock operations',
  plain: 'plain model in stock operations',
};

/** Median and quartiles, or why there are none. */
function amountIn(measurement: Measurement, task: TaskId, contender: ContenderId): string {
  if (!measurement.contenders.some(({ id }) => id === contender)) return MISSING;
  const cell = cellOf(measurement, task, contender);
  if (cell?.state !== 'measured') return markdownText(missingText(cell));
  const { median, range } = amountText(task, cell.timing);
  if (!cell.timing.warm) return `${median} (first run)`;
  return cell.timing.repetitions === 1 ? `${median} (one run)` : `${median} (${range})`;
}

/** One row per device and task: ours, and what stock TensorFlow.js makes of our passes and of the plain model, with ratios. */
export function devicesTable(collected: readonly Collected[], unit: Unit): string {
  const rows = collected.flatMap(({ name, measurement }) => {
    const facts = presentOn(measurement, unit);
    if (!facts) return [];
    const roof = roofOf(measurement, unit);
    const where = [facts.text, measurement.place.processor, measurement.place.browser].filter(Boolean).join(', ');
    return [
      [
        `[${name}](devices/${name}.json): ${markdownText(where)}`,
        'best product; copy',
        roof ? `${rateText(roof.flops, 'FLOP/s')}; ${rateText(roof.bytes, 'B/s')}` : MISSING,
        ...STOCKS.map(() => ''),
      ],
      ...SHOWN.map(({ task, name: shown }) => [
        '',
        shown,
        amountIn(measurement, task, RIVALS[unit].own),
        ...STOCKS.map((stock) => {
          const ratio = ratioOnUnit(measurement, task, unit, stock);
          const amount = amountIn(measurement, task, RIVALS[unit][stock]);
          return ratio ? `${amount}: ${ratioText(ratio)} ×` : amount;
        }),
      ]),
    ];
  });
  return markdownTable(['device', 'task', 'ours', ...STOCKS.map((stock) => STOCK_NAMES[stock])], rows);
}

const isCard = ({ contenders }: Measurement): boolean =>
  contenders.some(({ id, state, software }) => id === 'webgpu' && state === 'present' && !software);

/** Which kinds of devices nobody has measured, in sentences. */
export function missingDevices(collected: readonly Collected[]): string {
  const all = collected.map(({ measurement }) => measurement);
  const cards = all.filter(isCard);
  const vendors = VENDORS.filter(
    (vendor) =>
      !cards.some(({ place: { adapter } }) =>
        new RegExp(vendor, 'i').test(`${adapter?.vendor} ${adapter?.architecture} ${adapter?.description}`),
      ),
  );
  const browsers = BROWSERS.filter((browser) => !all.some(({ place }) => place.browser.startsWith(browser)));
  const sentences = [
    cards.length === 0
      ? '**No graphics card is among them yet**: where WebGPU is listed, it is emulated on the processor, which says nothing about cards.'
      : '',
    vendors.length > 0 ? `Graphics cards that nobody has measured: ${listed(vendors)}.` : '',
    browsers.length > 0 ? `Browsers that nobody has measured in: ${listed(browsers)}.` : '',
  ];
  return sentences.filter(Boolean).join(' ') || 'Every vendor and every browser has been measured.';
}
