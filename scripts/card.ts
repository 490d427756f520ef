/**
 * `npm run card -- [--out FILE] [--adapter NAME] [--minutes 8] [--part ID]…`: everything about a graphics card in one JSON file, in less than eight minutes
 * after the set-up: the first step, the protocol of "Measure this device", what the tuner chooses, PyTorch beside the engine, a study, and golden vectors
 * with every form of every kernel; at last, whether the aims are reached. It looks for a card before it takes an adapter that computes on the processor,
 * and installs the Vulkan loader and such an adapter where nothing else is here and it may (root, apt-get). On such an adapter everything is computed and
 * no aim is judged. The file holds at any time what was found until then, and whoever ends the command early has that. Exit status 1: an aim is missed, a
 * part failed, no part found anything, or the command was ended early.
 */
import os from 'node:os';
import { APP_VERSION } from '../src/core/version.ts';
import { errorText } from '../src/core/error-text.ts';
import { installDawn } from '../src/engine/dawn-node.ts';
import { rounded } from '../src/share/measurement/schema.ts';
import { adaptersIn, chooseAdapter, type NamedAdapter } from './card/adapters.ts';
import { aimsOf } from './card/aims.ts';
import { answeringAdapters } from './card/drivers.ts';
import { thisMachine } from './card/machine.ts';
import { RUN } from './card/parts.ts';
import { PARTS } from './card/plan.ts';
import { runPart, serve, wordsOf, type Found, type PartTime } from './card/processes.ts';
import { faultOf, parseCardReport, PART_IDS, type CardReport, type Findings, type PartId } from './card/report.ts';
import { runInTime, type Ended, type Outcome } from './card/schedule.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';
import { repeatable } from './shared-options.ts';
import { latest } from './card/latest.ts';
import { prepareOutput, writeOrPrint, writeWhole } from './output-file.ts';

const USAGE = `Usage: ${invocation('card')} [--out FILE] [--adapter NAME] [--minutes 8] [--part ${PART_IDS.join('|')}]…`;

/** How the program is told that it is a process of its own, and for what. */
const LISTING = 'list-adapters';
const SERVING = 'serve-part';
/** A name that no adapter has: Dawn refuses it and lists those that there are. */
const NOBODY = '(none)';
/** What ends the command before its time: a person, a batch system whose time is up, a connection that is cut. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Seconds for what comes after the parts. */
const AFTERWARDS = 3;
/** Busy processes, on average over a minute: with more, other work is under way. What set this up has just ended. */
const MOST_BUSY = 1.5;

const isPart = (id: string): id is PartId => PART_IDS.some((known) => known === id);

/** In a process of its own: a driver may crash as soon as it is asked. */
async function listAdapters(): Promise<void> {
  await installDawn(NOBODY);
  await navigator.gpu.requestAdapter().catch((error: unknown) => console.error(errorText(error)));
}

async function servePart(id: string, adapter: string, seconds: number): Promise<void> {
  if (!isPart(id)) throw new Error(`There is no part "${id}".`);
  await installDawn(adapter);
  const run: (time: PartTime, tell: (partial: Found) => void) => Promise<Found> = RUN[id];
  await serve(run, seconds);
}

interface Chosen {
  readonly adapters: readonly NamedAdapter[];
  readonly adapter: NamedAdapter;
  readonly environment: Readonly<Record<string, string>>;
  readonly setup: readonly string[];
}

/** @throws Error when no adapter answers, with all that is known of why, or none of the name that is wanted */
async function findAdapter(wanted: string | undefined): Promise<Chosen> {
  let words = '';
  const { adapters, environment, notes } = await answeringAdapters(thisMachine(), async (variables) => {
    words = await wordsOf([LISTING], variables);
    return adaptersIn(words);
  });
  const adapter = chooseAdapter(adapters, [...notes, words.trim()], wanted);
  return { adapters, adapter, environment, setup: notes };
}

/** What a part found, if it found anything. */
function foundBy<I extends PartId>(outcomes: readonly Outcome<PartId, Found>[], id: I): Findings[I] | null {
  const found = outcomes.find((outcome) => outcome.id === id)?.found ?? null;
  return found as Findings[I] | null; // what a process sends is what RUN[id] returned
}

/** A part that told what no report holds has failed; what it told is printed. */
function checked(id: PartId, ended: Ended<Found>): Ended<Found> {
  const fault = ended.found && faultOf(id, ended.found);
  if (fault === null) return ended;
  console.error(`${id} found what the report cannot hold: ${JSON.stringify(ended.found)}`);
  return { state: 'failed', found: null, why: `told what no report holds: ${fault}` };
}

function reportOf(
  { adapters, adapter, setup }: Chosen,
  outcomes: readonly Outcome<PartId, Found>[],
  budget: number,
  took: number,
): CardReport {
  const measurement = foundBy(outcomes, 'protocol');
  const found = {
    adapter,
    measurement: measurement && rounded(measurement),
    start: foundBy(outcomes, 'start'),
    tuning: [...(foundBy(outcomes, 'tuning') ?? [])],
    peers: foundBy(outcomes, 'peers'),
    study: foundBy(outcomes, 'study'),
    vectors: foundBy(outcomes, 'vectors'),
  };
  return parseCardReport({
    kind: 'copra-card',
    version: 1,
    release: APP_VERSION,
    date: new Date().toISOString(),
    budget,
    took,
    host: {
      system: `${os.type()} ${os.machine()}`,
      processor: os.cpus().at(0)?.model.trim() ?? '',
      cores: os.availableParallelism(),
      node: process.versions.node,
    },
    adapters,
    stamps: 'exact', // installDawn asks for them
    setup,
    parts: outcomes.map(({ id, state, allowed, took: seconds, why }) => ({ id, state, allowed, took: seconds, why })),
    aims: aimsOf(found),
    ...found,
  });
}

async function measure(): Promise<void> {
  const { values } = optionsOf(USAGE, {
    options: {
      out: { type: 'string', about: 'the file that the report is written into' },
      adapter: { type: 'string', about: 'the graphics card, by a part of its name' },
      minutes: { type: 'string', default: '8', about: 'how long it may take' },
      part: repeatable('measures this part alone'),
    },
  });
  const budget = 60 * Number(values.minutes);
  if (!(budget > 0)) throw new UsageError(`--minutes takes a number: ${invocation('card')} --minutes 8`);
  const unknown = values.part.find((id) => !isPart(id));
  if (unknown !== undefined) throw new UsageError(`There is no part "${unknown}": ${PART_IDS.join(', ')}.`);
  if (values.out !== undefined) await prepareOutput('--out', values.out);
  const from = performance.now();
  const now = (): number => (performance.now() - from) / 1000;
  const chosen = await findAdapter(values.adapter);
  const { adapter, environment, setup } = chosen;
  for (const note of setup) console.error(note);
  console.error(`${adapter.name} (${adapter.backend}${adapter.software ? ', on the processor' : ''})`);
  const busy = os.loadavg()[0];
  if (busy > MOST_BUSY)
    console.error(
      `${busy.toFixed(1)} processes were busy in the last minute: times will be too long, and parts will not be done in theirs.`,
    );
  const parts = PARTS.filter(({ id }) => values.part.length === 0 || values.part.includes(id));
  const early = new AbortController();
  for (const name of ENDING) process.on(name, () => early.abort(`was ended by ${name}`));
  const textOf = (found: CardReport): string => `${JSON.stringify(found, null, 2)}\n`;
  const saving = latest(async (outcomes: readonly Outcome<PartId, Found>[]) => {
    if (values.out !== undefined) await writeWhole(values.out, textOf(reportOf(chosen, outcomes, budget, now())));
  });
  const outcomes = await runInTime<PartId, Found>(parts, {
    total: budget - now() - AFTERWARDS,
    now,
    run: async (id, seconds, tell) =>
      checked(id, await runPart([SERVING, id, adapter.name], { seconds, environment, tell, signal: early.signal })),
    onPart: (id, seconds) => console.error(`${Math.round(now())} s  ${id}, at most ${Math.round(seconds)} s`),
    onFound: saving.take,
    ended: () => (early.signal.aborted ? String(early.signal.reason) : null),
  });
  await saving.settled();
  const report = reportOf(chosen, outcomes, budget, now());
  for (const { id, state, why } of report.parts)
    if (state !== 'done') console.error(`${id.toUpperCase()} ${state.toUpperCase()}: ${why}`);
  console.error('\nAims:');
  for (const { aim, verdict, found, why } of report.aims) console.error(`${verdict}: ${aim}\n    ${found ?? why}`);
  const text = textOf(report);
  if (values.out === undefined) console.log(text);
  else await writeOrPrint(values.out, text);
  const missed = report.aims.filter(({ verdict }) => verdict === 'fail').map(({ aim }) => aim);
  const failed = report.parts.filter(({ state }) => state === 'failed').map(({ id }) => id);
  if (early.signal.aborted)
    throw new Error(`The command ${early.signal.reason}: the report holds what was found until then.`);
  if (missed.length + failed.length > 0)
    throw new Error(`Missed aims: ${missed.length}. Failed parts: ${failed.join(', ') || 'none'}.`);
  if (outcomes.every(({ found }) => found === null))
    throw new Error(
      `No part found anything in its time: this device needs more of it than --minutes ${values.minutes}.`,
    );
}

async function main(): Promise<void> {
  const [task, ...words] = process.argv.slice(2);
  if (task === LISTING) return listAdapters();
  if (task === SERVING) return servePart(words[0], words[1], Number(words[2]));
  return measure();
}

runMain(main);
