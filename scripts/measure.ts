/**
 * `npm run measure -- [--seconds N] [--out FILE] [--page [--dist FOLDER] [--flag=FLAG]…]`: measures this machine by the protocol of "Measure this device", in Node (WebGPU
 * by Dawn), or with --page in Chromium, on the built page; --flag=FLAG is passed on to Chromium, which offers many a card under Linux no WebGPU without flags. Writes the JSON file that the page opens and that docs/devices/ collects, or prints it.
 */
import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { measureDevice } from '../src/engine/measure/measure-device.ts';
import type { Measurement } from '../src/engine/measure/measurement.ts';
import { nodePlace } from '../src/engine/measure/place-node.ts';
import type { MeasureProgress } from '../src/engine/measure/run-protocol.ts';
import { openNodeDevice } from '../src/engine/node.ts';
import { readMeasurement, writeMeasurement } from '../src/share/measurement/schema.ts';
import { budgetOf } from '../src/state/measure/measure-commands.ts';
import { headlines } from '../src/ui/measure/amounts.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { repeatable } from './shared-options.ts';
import { prepareOutput, writeOrPrint } from './output-file.ts';
import { requireBuild, withChromium } from './with-chromium.ts';

const USAGE = `Usage: ${invocation('measure')} [--seconds N] [--out FILE] [--page [--dist FOLDER] [--flag=FLAG]…]`;

/** How many times the budget a browser may take before it counts as hanging. */
const PATIENCE = 5;

function tell({ share, task, contender }: MeasureProgress): void {
  if (task) console.error(`${Math.round(100 * share)} %  ${task}, ${contender}`);
}

const inNode = (budget: number): Promise<Measurement> =>
  measureDevice(
    { place: nodePlace, open: openNodeDevice },
    { budget, signal: new AbortController().signal, onProgress: tell },
  );

/** As a reader does it: a press, and a saved file. */
async function inPage(budget: number, dist: string, flags: readonly string[]): Promise<Measurement> {
  requireBuild(dist);
  const measure = async (browser: Browser, url: string): Promise<Measurement> => {
    const page = await browser.newPage();
    await page.goto(`${url}?measure=${budget}`);
    const panel = page.getByRole('region', { name: 'Measure this device' });
    await panel.getByRole('button', { name: /^Measure,/ }).click({ timeout: 60_000 });
    const save = panel.getByRole('button', { name: 'Measurement', exact: true });
    await save.waitFor({ timeout: 60_000 + PATIENCE * 1000 * budget });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    return readMeasurement(readFileSync(await download.path(), 'utf8'));
  };
  return withChromium(dist, measure, flags);
}

async function main(): Promise<void> {
  const { values } = optionsOf(USAGE, {
    options: {
      seconds: { type: 'string', about: 'how long the measurement may take' },
      out: { type: 'string', about: 'the file that the measurement is written into' },
      page: { type: 'boolean', default: false, about: 'measures in Chromium, by the built page' },
      dist: { type: 'string', default: 'dist', about: 'the built page' },
      flag: repeatable('given to Chromium'),
    },
  });
  const seconds = values.seconds === undefined ? null : Number(values.seconds);
  if (seconds !== null && !(seconds > 0))
    throw new Error(`--seconds takes a number: ${invocation('measure')} --seconds 40`);
  if (values.flag.length > 0 && !values.page)
    throw new Error(`--flag is for Chromium: ${invocation('measure')} --page --flag=${values.flag[0]}`);
  if (values.out !== undefined) await prepareOutput('--out', values.out);
  const budget = budgetOf(seconds);
  const measurement = values.page ? await inPage(budget, values.dist, values.flag) : await inNode(budget);
  for (const sentence of headlines(measurement)) console.error(sentence);
  const text = writeMeasurement(measurement);
  if (values.out === undefined) console.log(text);
  else await writeOrPrint(values.out, text);
}

runMain(main);
