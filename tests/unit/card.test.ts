/** `npm run card`: how its time is shared out, which adapter it takes, what it installs, and what it says of its aims. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPeer } from '../../bench/peer-process.ts';
import { adaptersIn, chooseAdapter, type NamedAdapter } from '../../scripts/card/adapters.ts';
import { aimsOf } from '../../scripts/card/aims.ts';
import { answeringAdapters, installSoftwareDriver, type Machine } from '../../scripts/card/drivers.ts';
import { librariesBy } from '../../scripts/card/machine.ts';
import { PARTS } from '../../scripts/card/plan.ts';
import { measureCases, type Contender } from '../../scripts/card/parts/peer-turns.ts';
import { latest } from '../../scripts/card/latest.ts';
import { runPart, type PartRun } from '../../scripts/card/processes.ts';
import { faultOf, parseCardReport, PART_IDS, type CardReport, type PeerCase } from '../../scripts/card/report.ts';
import { runInTime, type Ended, type Part } from '../../scripts/card/schedule.ts';
import { aimsTable, collectedCards } from '../../scripts/figures/cards.ts';
import { collectedDevices } from '../../scripts/figures/devices.ts';
import { MeasurementError, readMeasurement, writeMeasurement } from '../../src/share/measurement/schema.ts';
import { measurementFixture } from '../fixtures/measurement.ts';

const done = (found: string): Ended<string> => ({ state: 'done', found, why: null });

/** Parts that take what a script says, or all they are allowed. */
function scripted(parts: readonly Part<string>[], total: number, takes: Readonly<Record<string, number>>) {
  let time = 0;
  return runInTime(parts, {
    total,
    now: () => time,
    run: (id, seconds) => {
      const wanted = takes[id] ?? seconds;
      time += Math.min(wanted, seconds);
      return Promise.resolve(wanted > seconds ? { state: 'stopped', found: 'some', why: 'time was up' } : done(id));
    },
  });
}

describe('the time of parts', () => {
  const parts = [
    { id: 'a', seconds: 10, least: 1 },
    { id: 'b', seconds: 30, least: 1 },
    { id: 'c', seconds: 60, least: 50 },
  ];

  it('is shared by weight, and what a short one leaves over goes to the others', async () => {
    const outcomes = await scripted(parts, 100, { a: 2, b: 100, c: 5 });
    expect(outcomes.map(({ state }) => state)).toEqual(['done', 'stopped', 'done']);
    expect(outcomes.map(({ allowed }) => allowed)).toEqual([10, 98 / 3, 98 - 98 / 3]);
    expect(outcomes[1]).toMatchObject({ found: 'some', why: 'time was up' });
  });

  it('leaves out, aloud, what it does not suffice for', async () => {
    const [, , last] = await scripted(parts, 50, { a: 5, b: 15 });
    expect(last).toMatchObject({ state: 'skipped', found: null, why: 'needs 50 s, and 30 were left for it' });
  });

  it('goes on after a part that fails', async () => {
    let asked = 0;
    const outcomes = await runInTime(parts, {
      total: 100,
      now: () => 0,
      run: (id) => (asked++ === 0 ? Promise.reject(new Error('the driver crashed')) : Promise.resolve(done(id))),
    });
    expect(outcomes.map(({ state, why }) => [state, why])).toEqual([
      ['failed', 'the driver crashed'],
      ['done', null],
      ['done', null],
    ]);
  });

  it('is told of at any moment as if it were over', async () => {
    const states: string[][] = [];
    await runInTime<string, string>(parts, {
      total: 100,
      now: () => 0,
      run(id, seconds, tell) {
        if (id === 'b' && seconds > 0) tell('half');
        return Promise.resolve(done(id));
      },
      onFound: (outcomes) => states.push(outcomes.map(({ state, found, why }) => `${state} ${found ?? why}`)),
    });
    expect(states).toEqual([
      ['done a', 'skipped was not reached', 'skipped was not reached'],
      ['done a', 'stopped half', 'skipped was not reached'],
      ['done a', 'done b', 'skipped was not reached'],
      ['done a', 'done b', 'done c'],
    ]);
  });

  it('that ends early begins no further part', async () => {
    let reason: string | null = null;
    const outcomes = await runInTime<string, string>(parts, {
      total: 100,
      now: () => 0,
      run(id) {
        reason = 'was ended by SIGTERM';
        return Promise.resolve({ state: 'stopped', found: id, why: reason });
      },
      ended: () => reason,
    });
    expect(outcomes.map(({ state, why }) => `${state} ${why}`)).toEqual([
      'stopped was ended by SIGTERM',
      'skipped was ended by SIGTERM',
      'skipped was ended by SIGTERM',
    ]);
  });

  it('is never exceeded, and every part that uses its own leaves the others theirs', async () => {
    const part = fc.record({ seconds: fc.integer({ min: 1, max: 100 }), least: fc.constant(0) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 8, maxLength: 8 }),
        async (all, total, takes) => {
          const named = all.map((one, i) => ({ ...one, id: `part ${i}` }));
          const script = Object.fromEntries(named.map(({ id }, i) => [id, takes[i]]));
          const outcomes = await scripted(named, total, script);
          expect(outcomes.reduce((sum, { took }) => sum + took, 0)).toBeLessThanOrEqual(total * (1 + 1e-9));
          const shares = named.reduce((sum, { seconds }) => sum + seconds, 0);
          outcomes.forEach(({ allowed }, i) =>
            expect(allowed).toBeGreaterThanOrEqual(((total * named[i].seconds) / shares) * (1 - 1e-9)),
          );
        },
      ),
    );
  });

  it('of the command is eight minutes and no more', () => {
    const seconds = PARTS.reduce((sum, part) => sum + part.seconds, 0);
    expect(seconds).toBeLessThanOrEqual(8 * 60);
    expect(PARTS.map(({ id }) => id).toSorted()).toEqual([...PART_IDS].toSorted());
    for (const part of PARTS) expect(part.least).toBeLessThan(part.seconds);
  });
});

describe('a part in a process of its own', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-card-test-'));
  const program = path.join(folder, 'part.mjs');
  const outside = process.env.COPRA_BUNDLE;
  beforeAll(() => {
    process.env.COPRA_BUNDLE = program;
  });
  afterAll(() => {
    if (outside === undefined) delete process.env.COPRA_BUNDLE;
    else process.env.COPRA_BUNDLE = outside;
    rmSync(folder, { recursive: true });
  });
  /** Seconds in which a process surely starts, also on a busy machine. */
  const ENOUGH = 60;
  const run = (code: string, over: Partial<PartRun> = {}) => {
    writeFileSync(program, code);
    const { signal } = new AbortController();
    return runPart(['a part'], { seconds: ENOUGH, environment: { ANSWER: '42' }, tell: () => {}, signal, ...over });
  };
  const found = (value: string): string => `process.send({ found: ${value} });`;

  it('tells what it found, with the words and the variables that it was given', async () => {
    expect(await run(found('[process.argv[2], process.env.ANSWER]'))).toEqual({
      state: 'done',
      found: ['a part', '42'],
      why: null,
    });
  });

  it('says why it failed', async () => {
    expect(await run(`process.send({ error: 'out of memory' });`)).toMatchObject({
      state: 'failed',
      why: 'out of memory',
    });
  });

  it('that crashes takes nothing with it, and what it told before counts', async () => {
    const code = `process.send({ partial: 'half' }, () => { console.error('driver crashed'); process.exit(3); });`;
    expect(await run(code)).toEqual({ state: 'failed', found: 'half', why: 'ended with 3: driver crashed' });
  });

  it('that hangs is ended', async () => {
    expect(await run('setInterval(() => {}, 1000);', { seconds: 0.2 })).toMatchObject({ state: 'stopped' });
  });

  it('that is ended early leaves what it told, which was passed on at once', async () => {
    const early = new AbortController();
    const tell = vi.fn(() => early.abort('was ended by SIGTERM'));
    const code = `process.send({ partial: 'half' }); setInterval(() => {}, 1000);`;
    expect(await run(code, { tell, signal: early.signal })).toEqual({
      state: 'stopped',
      found: 'half',
      why: 'was ended by SIGTERM',
    });
    expect(tell).toHaveBeenCalledExactlyOnceWith('half');
  });
});

describe('what is written while it changes', () => {
  it('is written one at a time, the newest of what came meanwhile, whatever goes wrong with one', async () => {
    const written: number[] = [];
    const ends: (() => void)[] = [];
    const { take, settled } = latest(async (value: number) => {
      written.push(value);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (value === 1) throw new Error('no room');
    });
    for (const value of [1, 2, 3]) take(value);
    expect(written).toEqual([1]);
    ends.shift()?.();
    await vi.waitUntil(() => ends.length > 0);
    expect(written).toEqual([1, 3]);
    const all = settled();
    ends.shift()?.();
    await all;
    take(4);
    expect(written).toEqual([1, 3, 4]);
    ends.shift()?.();
    await settled();
  });
});

describe('contenders beside the engine', () => {
  /** Cases whose contenders take so many seconds for their first step, and for each one after it. */
  async function measured(total: number, script: Readonly<Record<string, readonly [first: number, step: number]>>) {
    let time = 0;
    const log: string[] = [];
    const contender = (id: string, name: string): Contender => {
      const [first, step] = script[`${id} ${name}`] ?? script[name];
      let begun = false;
      return {
        name,
        steps(count) {
          if (!begun) log.push(`${id} ${name}`);
          const seconds = begun ? count * step : first;
          begun = true;
          if (time + seconds > total) {
            time = total;
            return Promise.reject(new Error('gave no answer'));
          }
          time += seconds;
          return Promise.resolve({ wall: 1000 * seconds, loss: 1 });
        },
      };
    };
    const told: number[] = [];
    const cases = (['vit-b32', 'emoji-1'] as const).map((id: PeerCase['id']) => ({
      id,
      name: id,
      open() {
        const first = [contender(id, 'engine'), contender(id, 'eager')];
        return Promise.resolve({ first, later: [contender(id, 'compiled')], close: () => log.push(`${id} closed`) });
      },
    }));
    const { missing, cases: found } = await measureCases(cases, { left: () => total - time }, (partial) =>
      told.push(partial.cases.reduce((sum, { contenders }) => sum + contenders.length, 0)),
    );
    const repetitions = Object.fromEntries(
      found.flatMap(({ id, contenders }) => contenders.map((one) => [`${id} ${one.name}`, one.repetitions])),
    );
    return { missing, repetitions, told, log, time };
  }

  const USUAL = { engine: [2, 0.1], eager: [1, 0.1], compiled: [20, 0.05] } as const;

  it('all have their turns before one of them compiles, and are told at once', async () => {
    const { missing, repetitions, told, log } = await measured(100, USUAL);
    expect(missing).toEqual([]);
    expect(log).toEqual([
      'vit-b32 engine',
      'vit-b32 eager',
      'vit-b32 closed',
      'emoji-1 engine',
      'emoji-1 eager',
      'emoji-1 closed',
      'vit-b32 compiled',
      'emoji-1 compiled',
    ]);
    expect(Object.values(repetitions)).toEqual([9, 9, 9, 9, 9, 9]);
    expect(told).toEqual([1, 2, 2, 3, 4, 4, 5, 5, 6, 6]);
  });

  it('that have no time are missing by name, and cost the others nothing', async () => {
    const cold = await measured(30.5, { ...USUAL, compiled: [20, 0.3] });
    expect(cold.repetitions).toMatchObject({ 'vit-b32 eager': 9, 'emoji-1 eager': 9, 'vit-b32 compiled': 1 });
    expect(cold.missing).toEqual(['emoji-1: compiled: gave no answer']);
    const slow = await measured(20, { ...USUAL, 'vit-b32 engine': [8, 2], 'vit-b32 eager': [8, 3] });
    expect(Object.keys(slow.repetitions)).toEqual(['vit-b32 engine']);
    expect(slow.missing).toEqual([
      'vit-b32: eager: gave no answer',
      'no time left for emoji-1',
      'vit-b32: no time left for compiled',
    ]);
  });

  it('that give no answer in time are ended, and that is said', async () => {
    const code = `console.log('{}'); process.stdin.on('data', (line) => String(line) === 'quick\\n' && console.log('{"wall":1}'));`;
    const peer = await startPeer(process.execPath, ['-e', code]);
    expect(await peer.ask('quick', 60)).toEqual({ wall: 1 });
    await expect(peer.ask('slow', 0.2)).rejects.toThrow('gave no answer within 0 s');
    await expect(peer.ask('quick', 60)).rejects.toThrow('gave no answer');
    peer.end();
    await expect(startPeer(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {}, 0.2)).rejects.toThrow(
      'gave no answer',
    );
  });
});

const LLVMPIPE: NamedAdapter = { name: 'llvmpipe (LLVM 19.1.7, 256 bits)', backend: 'vulkan', software: true };
const NVIDIA: NamedAdapter = { name: 'NVIDIA H100 80GB HBM3', backend: 'vulkan', software: false };
const INTEL: NamedAdapter = { name: 'Intel(R) UHD Graphics 770', backend: 'vulkan', software: false };

describe('the adapter', () => {
  it('is read from what Dawn says when it is asked for one that is not there', () => {
    const words = `no suitable backends found\nAvailable adapters:\n * backend: 'vulkan', name: '${LLVMPIPE.name}'\n * backend: 'vulkan', name: '${NVIDIA.name}'\n`;
    expect(adaptersIn(words)).toEqual([LLVMPIPE, NVIDIA]);
    expect(adaptersIn('Error: Loader Message: Failed to detect any valid GPUs')).toEqual([]);
  });

  it('is a card before it is an emulated one, and the wanted one before any other', () => {
    expect(chooseAdapter([LLVMPIPE, NVIDIA, INTEL], [])).toBe(NVIDIA);
    expect(chooseAdapter([LLVMPIPE], [])).toBe(LLVMPIPE);
    expect(chooseAdapter([LLVMPIPE, NVIDIA, INTEL], [], 'uhd')).toBe(INTEL);
    expect(chooseAdapter([LLVMPIPE, NVIDIA], [], 'llvmpipe')).toBe(LLVMPIPE);
    expect(() => chooseAdapter([LLVMPIPE, NVIDIA], [], 'Radeon')).toThrow('Here: llvmpipe');
    // Whatever was wanted: why nothing answers is what helps.
    for (const wanted of [undefined, 'H100'])
      expect(() => chooseAdapter([], ['The Vulkan loader is missing.', 'Found no drivers!'], wanted)).toThrow(
        /not even an emulated one\.\nThe Vulkan loader is missing\.\nFound no drivers!$/,
      );
  });
});

describe('drivers', () => {
  const installed: string[] = [];
  const machine = (over: Partial<Machine> = {}): Machine => ({
    platform: 'linux',
    isRoot: true,
    libraries: () => '\tlibvulkan.so.1 (libc6,x86-64)\n',
    manifests: () => [],
    manifestsAside: () => [],
    givenDrivers: undefined,
    pathWithLoader: undefined,
    hasNvidia: () => false,
    install: (...packages) => installed.push(...packages) > 0,
    write: (name) => `/tmp/${name}`,
    ...over,
  });

  const only = (): Promise<NamedAdapter[]> => Promise.resolve([LLVMPIPE]);

  it('are left alone where all is there, and on other systems', async () => {
    const untouched = { environment: {}, notes: [], adapters: [LLVMPIPE] };
    expect(await answeringAdapters(machine(), only)).toEqual(untouched);
    expect(await answeringAdapters(machine({ platform: 'darwin', libraries: () => '' }), only)).toEqual(untouched);
    expect(installed).toEqual([]);
  });

  it('are installed by root, and named to others', async () => {
    expect((await answeringAdapters(machine({ libraries: () => '' }), only)).notes).toEqual([
      'The Vulkan loader was installed (libvulkan1).',
    ]);
    expect(installSoftwareDriver(machine())).toContain('was installed');
    expect(installed.splice(0)).toEqual(['libvulkan1', 'mesa-vulkan-drivers']);
    const { notes } = await answeringAdapters(machine({ libraries: () => '', isRoot: false }), only);
    expect(notes[0]).toContain('apt-get install libvulkan1');
    expect(installSoftwareDriver(machine({ install: () => false }))).toContain('could not be installed');
    expect(installed).toEqual([]);
  });

  it('are found by the first program that lists libraries', () => {
    expect(librariesBy(['/none/ldconfig', process.execPath])).toBe('undefined\n'); // what node -p prints of no program
    expect(librariesBy(['/none/ldconfig'])).toBe('');
  });

  /** Which variables lead to a card: those that the loader knows, with a file that does. */
  const listing = (variables: readonly string[], leads: (file: string) => boolean) => {
    const asked: Readonly<Record<string, string>>[] = [];
    const list = (environment: Readonly<Record<string, string>>): Promise<NamedAdapter[]> => {
      asked.push(environment);
      const files = variables.map((name) => environment[name]).filter((file) => file !== undefined);
      if (files.some(leads)) return Promise.resolve([NVIDIA]);
      return only();
    };
    return { list, asked };
  };
  const FILE = '/tmp/nvidia_icd.json';
  const NEW_LOADER = ['VK_ADD_DRIVER_FILES', 'VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];

  it("get the manifest that containers with NVIDIA's driver often lack", async () => {
    const libraries = (): string => 'libvulkan.so.1\nlibGLX_nvidia.so.0\n';
    let text = '';
    const write = (name: string, written: string): string => {
      text = written;
      return `/tmp/${name}`;
    };
    const { list } = listing(NEW_LOADER, (file) => file === FILE);
    const { environment, notes } = await answeringAdapters(machine({ libraries, write }), list);
    expect(environment).toEqual({ VK_ADD_DRIVER_FILES: FILE });
    expect(notes).toEqual([expect.stringContaining('had no manifest')]);
    expect(JSON.parse(text)).toMatchObject({ ICD: { library_path: 'libGLX_nvidia.so.0' } });
  });

  const INJECTED = {
    libraries: () => 'libvulkan.so.1\nlibEGL_nvidia.so.0\nlibGLX_nvidia.so.0\n',
    manifests: () => ['{"ICD": {"library_path": "libGLX_nvidia.so.0"}}'],
    hasNvidia: () => true,
  };

  it('of a card that the manifest of a container leads nowhere to are found without a display server', async () => {
    let text = '';
    const write = (name: string, written: string): string => ((text = written), `/tmp/${name}`);
    const libraries = vi.fn(INJECTED.libraries);
    const { list } = listing(NEW_LOADER, (file) => file === FILE);
    const found = await answeringAdapters(machine({ ...INJECTED, libraries, write }), list);
    expect(found.adapters).toContain(NVIDIA);
    expect(found.environment).toEqual({ VK_ADD_DRIVER_FILES: FILE });
    expect(text).toContain('libEGL_nvidia.so.0');
    expect(found.notes).toEqual([expect.stringContaining('needs no display server')]);
    expect(libraries).toHaveBeenCalledOnce();
  });

  it('are named by the variable that an old loader knows, as that of Ubuntu 22.04', async () => {
    const { list } = listing(['VK_ICD_FILENAMES'], (file) => file === FILE);
    const { environment, adapters } = await answeringAdapters(machine(INJECTED), list);
    expect(adapters).toEqual([NVIDIA]);
    expect(environment).toMatchObject({ VK_ICD_FILENAMES: FILE });
  });

  it('are found where the loader does not look', async () => {
    const aside = '/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json';
    const { list } = listing(NEW_LOADER, (file) => file === aside);
    const { environment, notes } = await answeringAdapters(machine({ manifestsAside: () => [aside] }), list);
    expect(environment).toEqual({ VK_ADD_DRIVER_FILES: aside });
    expect(notes).toEqual([expect.stringContaining(aside)]);
  });

  it('that the reader has named are the ones that count, with an old loader too', async () => {
    const { list, asked } = listing(['VK_ICD_FILENAMES'], (file) => file === '/mine.json');
    const { adapters, environment } = await answeringAdapters(
      machine({ ...INJECTED, givenDrivers: '/mine.json' }),
      list,
    );
    expect(adapters).toEqual([NVIDIA]);
    expect(environment).toEqual({ VK_DRIVER_FILES: '/mine.json', VK_ICD_FILENAMES: '/mine.json' });
    expect(asked).toHaveLength(1);
  });

  it('of a card that does not answer all the same are not passed over in silence', async () => {
    const { adapters, notes } = await answeringAdapters(machine({ hasNvidia: () => true }), only);
    expect(adapters).toEqual([LLVMPIPE]);
    expect(notes.at(-1)).toContain('NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics');
    // With its libraries, the capability is there.
    const silent = await answeringAdapters(machine(INJECTED), only);
    expect(silent).toMatchObject({ adapters: [LLVMPIPE], environment: {} });
    expect(silent.notes).toEqual([expect.stringContaining('vulkaninfo --summary')]);
    expect((await answeringAdapters(machine(), only)).notes).toEqual([]);
  });

  it('get the loader that was brought along where the system has none, whatever else is found', async () => {
    const brought = machine({ libraries: () => '', pathWithLoader: '/mine:/pack/lib' });
    const { environment, notes } = await answeringAdapters(brought, only);
    expect(environment).toEqual({ LD_LIBRARY_PATH: '/mine:/pack/lib' });
    expect(notes).toEqual([expect.stringContaining('brought along')]);
    expect(installed).toEqual([]);
    const aside = '/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json';
    const { list, asked } = listing(NEW_LOADER, (file) => file === aside);
    const found = await answeringAdapters({ ...brought, manifestsAside: () => [aside] }, list);
    expect(found).toMatchObject({ adapters: [NVIDIA], environment: { VK_ADD_DRIVER_FILES: aside } });
    for (const variables of [...asked, found.environment]) expect(variables.LD_LIBRARY_PATH).toBe('/mine:/pack/lib');
    // The system's own is newer, or made for its drivers.
    expect((await answeringAdapters(machine({ pathWithLoader: '/pack/lib' }), only)).environment).toEqual({});
  });

  it('that compute on the processor are installed where nothing answers', async () => {
    const answers: NamedAdapter[][] = [[], [LLVMPIPE]];
    const { adapters } = await answeringAdapters(machine(), () => Promise.resolve(answers.shift() ?? []));
    expect(adapters).toEqual([LLVMPIPE]);
    expect(installed.splice(0)).toEqual(['mesa-vulkan-drivers']);
  });
});

/** A card on which every aim is reached. */
function reportFixture(): CardReport {
  const peer = (name: string, median: number) => ({
    name,
    median,
    low: median,
    high: median,
    repetitions: 9,
    warmUp: 1,
    loss: 2,
  });
  return {
    kind: 'copra-card',
    version: 1,
    release: '1.0.0',
    date: '2026-11-27T12:00:00.000Z',
    budget: 480,
    took: 400,
    host: { system: 'Linux x86_64', processor: 'a processor', cores: 8, node: '20.19.0' },
    adapters: [LLVMPIPE, NVIDIA],
    adapter: NVIDIA,
    setup: [],
    parts: [{ id: 'start', state: 'done', allowed: 80, took: 2, why: null }],
    aims: [],
    measurement: measurementFixture(),
    start: {
      model: 'Emoji-CLIP',
      runs: 4,
      pipelines: 42,
      lateCount: 0,
      compile: 400,
      firstStep: 20,
      laterStep: 4,
      compileShare: 0.97,
    },
    tuning: [],
    peers: {
      torch: { version: '2.9', device: 'cuda: NVIDIA H100', peft: '0.18' },
      missing: [],
      cases: [
        { id: 'vit-b32', name: 'ViT-B/32', contenders: [peer('engine, NVIDIA', 25), peer('PyTorch eager 2.9', 10)] },
      ],
    },
    study: { preset: 'quick', device: 'NVIDIA', seconds: 9, arms: [{ name: 'LoRA', accuracy: 0.5 }] },
    vectors: {
      passes: [{ kernels: 'as studies have them', checked: 28, wrong: [], forms: [], seconds: 3 }],
      left: [],
    },
  };
}

describe('collected reports', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-cards-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const emulated = { ...reportFixture(), adapter: LLVMPIPE };
  beforeAll(() => {
    const report = reportFixture();
    const aims = aimsOf(report);
    writeFileSync(path.join(folder, 'a-card.json'), JSON.stringify({ ...report, aims }));
    const parts = [{ id: 'vectors', state: 'stopped', allowed: 90, took: 90, why: 'was not done after 90 s' }];
    writeFileSync(path.join(folder, 'emulated.json'), JSON.stringify({ ...emulated, parts }));
    writeFileSync(path.join(folder, 'cut-off.json'), JSON.stringify({ ...report, measurement: null }));
    writeFileSync(path.join(folder, 'measured.json'), writeMeasurement(measurementFixture()));
  });

  it('are among the devices, unless they are of an emulated adapter or hold no measurement', () => {
    expect(collectedDevices(folder).map(({ name }) => name)).toEqual(['a-card', 'measured']);
    expect(collectedCards(folder).map(({ name }) => name)).toEqual(['a-card', 'cut-off', 'emulated']);
  });

  it('are a table of aims, with what was stopped and why', () => {
    const table = aimsTable(collectedCards(folder));
    expect(table).toContain('[a-card](devices/a-card.json): NVIDIA H100 80GB HBM3');
    expect(table).toMatch(/ViT-B\/32, batch 32.*2\.50 ×.*pass/);
    expect(table).toContain('vectors stopped (was not done after 90 s)');
    expect(aimsTable([])).toBe('No report has been collected yet.');
  });
});

describe('the report', () => {
  it('is read as it was written, and nothing else is', () => {
    const report = reportFixture();
    expect(parseCardReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(() => parseCardReport({ ...report, start: { ...report.start, compile: -1 } })).toThrow();
    expect(() => parseCardReport({ ...report, measurement: { kind: 'copra-measurement' } })).toThrow(MeasurementError);
    expect(() => parseCardReport({ ...report, parts: [{ id: 'start', state: 'asleep' }] })).toThrow();
  });

  it('says of a part by itself that it cannot hold what that found', () => {
    const { start, peers, vectors, measurement } = reportFixture();
    expect(faultOf('start', start)).toBeNull();
    expect(faultOf('peers', peers)).toBeNull();
    expect(faultOf('vectors', vectors)).toBeNull();
    expect(faultOf('protocol', measurement)).toBeNull();
    expect(faultOf('start', start && { ...start, compile: null })).toContain('number');
    expect(faultOf('protocol', { kind: 'copra-measurement' })).not.toBeNull();
  });

  it('opens as the measurement that it holds', () => {
    const report = reportFixture();
    expect(readMeasurement(JSON.stringify(report))).toEqual(measurementFixture());
    expect(writeMeasurement(measurementFixture())).toContain('"copra-measurement"');
    expect(() => readMeasurement(JSON.stringify({ ...report, measurement: null }))).toThrow(MeasurementError);
  });
});

describe('aims', () => {
  const verdicts = (change: Partial<CardReport>): string[] =>
    aimsOf({ ...reportFixture(), ...change }).map(({ verdict }) => verdict);

  it('are held against numbers, each with a verdict', () => {
    const aims = aimsOf(reportFixture());
    // The fixture's stock contender is wrong at four runs, so that nothing tells the ratio.
    expect(aims[0]).toMatchObject({ verdict: 'not measured' });
    expect(aims[3]).toMatchObject({ verdict: 'pass', found: '2.50 ×' });
    expect(aims[4]).toMatchObject({ verdict: 'pass', found: '0.42 s, 97 % of it compiling 42 pipelines' });
    expect(aims.slice(5).map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  it('fail where they are missed', () => {
    const { start, vectors, peers } = reportFixture();
    expect(verdicts({ start: start && { ...start, compile: 5000 } })[4]).toBe('fail');
    const wrong = vectors?.passes.map((pass) => ({ ...pass, wrong: ['train-copra losses'] })) ?? [];
    expect(verdicts({ vectors: { passes: wrong, left: [] } })[5]).toBe('fail');
    const slow =
      peers?.cases.map((one) => ({
        ...one,
        contenders: one.contenders.toReversed().map((c, i) => ({ ...c, median: i === 0 ? 1 : c.median })),
      })) ?? [];
    expect(verdicts({ peers: peers && { ...peers, cases: slow } })[3]).toBe('fail');
  });

  it('are not judged by what is missing, left out or emulated', () => {
    const nothing = { measurement: null, start: null, tuning: null, peers: null, study: null, vectors: null };
    expect(new Set(verdicts(nothing))).toEqual(new Set(['not measured']));
    const { vectors, peers } = reportFixture();
    expect(
      verdicts({ vectors: vectors && { ...vectors, left: [{ kernels: 'form 7', why: 'no time was left' }] } })[5],
    ).toBe('not measured');
    expect(verdicts({ peers: peers && { ...peers, torch: { version: '2.9', device: 'cpu', peft: null } } })[3]).toBe(
      'not measured',
    );
    expect(verdicts({ adapter: LLVMPIPE })).toEqual([...Array<string>(5).fill('not measured'), 'pass', 'pass']);
  });
});
