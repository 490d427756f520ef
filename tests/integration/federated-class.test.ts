/** Federations whose clients are devices of their own, each with its own engine, on a tiny model. */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEDERATED_RULE_IDS } from '../../src/copra/federated/rule-list.ts';
import { without } from '../../src/core/without.ts';
import { stream } from '../../src/core/rng.ts';
import type { Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { asTaskOf, openLocalTrainer } from '../../src/study/analyses/federated/local-trainer.ts';
import type { FederatedResult, FederatedRun } from '../../src/study/analyses/federated/result.ts';
import { USUAL_FEDERATED, type FederatedSettings } from '../../src/study/analyses/federated/settings.ts';
import { plain } from '../../src/study/classroom/messages.ts';
import { serveRounds, type LocalTrainer } from '../../src/study/classroom/serve.ts';
import type { ClientTransport } from '../../src/study/classroom/transport.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import type { Crew } from '../../src/study/classroom/crew.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { createCrew } from '../support/class-crew.ts';
import {
  inputsOf,
  noticesOf,
  record,
  tinyModel,
  tinyTask,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';

const MOST_DEVICES = 5;
let host: Engine;
let engines: Engine[];
beforeAll(async () => {
  const open = () => openNodeEngine('wasm', { threads: 1 });
  host = await open();
  engines = await Promise.all(Array.from({ length: MOST_DEVICES }, open));
});
afterAll(() => [host, ...engines].forEach((engine) => engine.dispose()));

const SETTINGS: FederatedSettings = {
  ...USUAL_FEDERATED,
  clients: 2,
  rounds: 3,
  localSteps: 4,
  alpha: 1,
  rules: [...FEDERATED_RULE_IDS],
};

function configOf(federated: Partial<FederatedSettings> = {}, changes: Partial<StudyConfig> = {}): StudyConfig {
  const plainConfig = trainingOnly(changes);
  return { ...plainConfig, analyses: { ...plainConfig.analyses, federated: { ...SETTINGS, ...federated } } };
}

const TASK: Task = { ...tinyTask(), train: tinyTask(90).train };

const federated = ({ result }: RecordedStudy): FederatedResult => {
  if (!result.federated) throw new Error('There is no federation in the result.');
  return result.federated;
};

const withoutAttendance = ({ partitions, runs }: FederatedResult) => ({
  partitions,
  runs: runs.map((run) => without(run, 'attendance')),
});

/** Trains as a page does that has joined. @param around what a test puts around its training */
function serve(
  transport: ClientTransport,
  engine: Engine,
  {
    own = null,
    around = (trainer) => trainer,
  }: { own?: Task | null; around?: (trainer: LocalTrainer) => LocalTrainer } = {},
): void {
  serveRounds(transport, {
    async open(study) {
      const task = own ? asTaskOf(study, own) : TASK;
      return around(
        await openLocalTrainer({ config: study.config, engine, model: tinyModel(), task, isOwn: own !== null }),
      );
    },
    failed: (error) => void transport.send(plain({ type: 'problem', problem: { kind: 'other', text: String(error) } })),
    closed: () => {},
  });
}

const simulate = async (config: StudyConfig) => federated(await record(inputsOf(host, config, { task: TASK })));

describe('without drop-outs', () => {
  it.each([
    [2, FEDERATED_RULE_IDS],
    [MOST_DEVICES, ['fedit', 'fedex-lora', 'stacking'] as const],
  ])('%i devices find what as many simulated clients find, bit for bit', async (clients, rules) => {
    const config = configOf({ clients, rules: [...rules] });
    const expected = await simulate(config);
    const { crew, join } = createCrew();
    for (let k = 0; k < clients; k++) serve(join(`Laptop ${k + 1}`, [k]).transport, engines[k]);
    const study = await record(inputsOf(host, config, { task: TASK, crew: () => crew }));
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(study.result))).not.toThrow();
    const found = federated(study);
    expect(withoutAttendance(found)).toEqual(expected);
    const all = Array.from({ length: clients }, (_, k) => k);
    for (const { attendance, up, down } of found.runs) {
      expect(attendance?.names).toEqual(all.map((k) => `Laptop ${k + 1}`));
      expect(attendance?.rounds).toHaveLength(3);
      for (const round of attendance?.rounds ?? []) {
        expect(round).toMatchObject({ asked: all, took: all });
        expect(round.images.reduce((a, b) => a + b)).toBe(90);
        // Heads come on top of the numbers; a rule whose A comes from a seed could send less than our messages do.
        expect(round.up).toBeGreaterThan(up);
        expect(round.down).toBeGreaterThan(0);
        expect(down).toBeGreaterThan(0);
      }
    }
    expect(noticesOf(study)).toEqual([]);
  });

  it('one device with two clients, and drawn clients of several seeds, find the same too', async () => {
    const config = configOf({ clients: 3, participation: 0.67, seeds: 2, rules: ['fedex-lora'] });
    const expected = await simulate(config);
    const { crew, join } = createCrew();
    serve(join('two', [0, 2]).transport, engines[0]);
    serve(join('one', [1]).transport, engines[1]);
    const found = federated(await record(inputsOf(host, config, { task: TASK, crew: () => crew })));
    expect(withoutAttendance(found)).toEqual(expected);
    expect(found.runs.every((run) => run.attendance?.rounds.every(({ took }) => took.length === 2))).toBe(true);
  });
});

describe('with drop-outs', () => {
  const attended = (run: FederatedRun) => run.attendance?.rounds.map(({ took }) => took);

  it('30 % of the answers missing, it ends and says who took part in which round', async () => {
    const config = configOf({ clients: MOST_DEVICES, rounds: 4, rules: ['fedit', 'fedex-lora', 'stacking'] });
    const { crew, join } = createCrew();
    const rng = stream(5, 'analysis');
    const answered = new Set<string>();
    let dropOuts = 0;
    const enter = (k: number): void => {
      const device = join(`Laptop ${k + 1}`, [k]);
      serve(device.transport, engines[k], {
        around: ({ train }) => ({
          async train(head, ...rest) {
            const found = await train(head, ...rest);
            // The first device stays, so that every round has an answer.
            if (k === 0 || rng.uniform() > 0.3) answered.add([head.arm, head.rule, head.round, k].join(' '));
            else {
              dropOuts++;
              device.leave();
              setTimeout(enter, 2, k);
            }
            return found;
          },
        }),
      });
    };
    for (let k = 0; k < MOST_DEVICES; k++) enter(k);
    const found = federated(await record(inputsOf(host, config, { task: TASK, crew: () => crew })));
    expect(dropOuts).toBeGreaterThan(10);
    for (const run of found.runs) {
      expect(run.accuracy).toHaveLength(4);
      attended(run)?.forEach((took, round) => {
        const there = (k: number) => answered.has([run.arm, run.rule, round, k].join(' '));
        expect(took).toEqual([0, 1, 2, 3, 4].filter(there));
      });
    }
  });

  it('a device that is cut off in the middle of a round and comes back takes part again, with all that was added to the weights meanwhile', async () => {
    const config = configOf({ rounds: 4, rules: ['fedex-lora'] }, { arms: trainingOnly().arms.slice(0, 1) });
    const { crew, join } = createCrew();
    serve(join('Ada', [0]).transport, engines[0], {
      around: ({ train }) => ({
        async train(head, ...rest) {
          if (head.round === 3) await back;
          return train(head, ...rest);
        },
      }),
    });
    let comeBack = (): void => {};
    const back = new Promise<void>((resolve) => (comeBack = resolve));
    const bob = join('Bob', [1]);
    serve(bob.transport, engines[1], {
      around: ({ train }) => ({
        train(head, values, onShare, signal) {
          if (head.round === 1) bob.leave();
          return train(head, values, onShare, signal);
        },
      }),
    });
    const study = await record(inputsOf(host, config, { task: TASK, crew: () => crew }), (event) => {
      if (event.type !== 'found' || event.part !== 'federated') return;
      if (event.found.runs[0]?.accuracy.length !== 3) return;
      serve(join('Bob again', [1]).transport, engines[2]);
      comeBack();
    });
    const [run] = federated(study).runs;
    expect(attended(run)).toEqual([[0, 1], [0], [0], [0, 1]]);
    expect(run.attendance?.names).toEqual(['Ada', 'Bob again']);
    // He was asked in the second round, of which he answered nothing, and whoever returned in the last.
    expect(run.attendance?.rounds.map(({ names }) => names)).toEqual([
      ['Ada', 'Bob'],
      ['Ada', 'Bob'],
      ['Ada'],
      ['Ada', 'Bob again'],
    ]);
  });

  it('a client that changes hands after its answer keeps the name of who answered', async () => {
    const config = configOf({ rounds: 2, rules: ['fedit'] }, { arms: trainingOnly().arms.slice(0, 1) });
    const { crew, join } = createCrew();
    serve(join('Ada', [0]).transport, engines[0]);
    const bob = join('Bob', [1]);
    let hasAnswered = false;
    let hasLeft = false;
    serve(bob.transport, engines[1], {
      around: ({ train }) => ({
        async train(...round) {
          const found = await train(...round);
          hasAnswered = true;
          return found;
        },
      }),
    });
    // The round is tested.
    const changing = new Proxy(host, {
      get(target, key: keyof Engine) {
        if (key === 'createEvaluator' && hasAnswered && !hasLeft) {
          hasLeft = true;
          bob.leave();
          serve(join('Eve', [1]).transport, engines[2]);
        }
        const value: unknown = target[key];
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const study = await record(inputsOf(changing, config, { task: TASK, crew: () => crew }));
    expect(hasLeft).toBe(true);
    const [{ attendance }] = federated(study).runs;
    expect(attendance?.rounds.map(({ took, names }) => [took, names])).toEqual([
      [
        [0, 1],
        ['Ada', 'Bob'],
      ],
      [
        [0, 1],
        ['Ada', 'Eve'],
      ],
    ]);
  });

  it('where nobody of the drawn clients is connected, others that are train in their place', async () => {
    const config = configOf({ clients: 4, participation: 0.25, rounds: 6, rules: ['fedex-lora'] });
    const { crew, join } = createCrew();
    serve(join('Ada', [1]).transport, engines[0]);
    serve(join('Bob', [2]).transport, engines[1]);
    const study = await record(inputsOf(host, config, { task: TASK, crew: () => crew }));
    for (const run of federated(study).runs) {
      expect(attended(run)?.map(({ length }) => length)).toEqual(Array(6).fill(1));
      expect(new Set(attended(run)?.flat())).toEqual(new Set([1, 2]));
    }
    expect(noticesOf(study)).toEqual([]);
  });

  it('a class that opens after the study has begun trains its federation, if that has not', async () => {
    const config = configOf({ rules: ['fedit'], rounds: 2 });
    const { crew, join } = createCrew();
    serve(join('Ada', [0]).transport, engines[0]);
    let isOpen = false;
    const study = await record(inputsOf(host, config, { task: TASK, crew: () => (isOpen ? crew : null) }), (event) => {
      isOpen ||= event.type === 'progress' && event.phase === 'train';
    });
    for (const run of federated(study).runs) expect(attended(run)).toEqual([[0], [0]]);
  });

  it('waits, in words, while nobody is connected, and can be stopped there', async () => {
    const control = new StudyControl();
    const { crew } = createCrew();
    const study = await record(inputsOf(host, configOf(), { task: TASK, crew: () => crew, control }), (event) => {
      if (event.type === 'notice') control.stop();
    });
    expect(study.result.status).toBe('stopped');
    expect(noticesOf(study)).toEqual(['Round 1 of the federation waits: no device of the classroom is connected.']);
  });
});

describe('a study that is interrupted while a class trains its clients', () => {
  const config = configOf({ rules: ['fedit'] }, { arms: trainingOnly().arms.slice(0, 1) });

  /** The last checkpoint of a study that is stopped within its federation. */
  async function interrupted(crew: Crew | null): Promise<StudyCheckpoint> {
    const kept: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(structuredClone(checkpoint)));
    const control = new StudyControl();
    await record(inputsOf(host, config, { task: TASK, crew: () => crew, keep, control }), (event) => {
      if (event.type === 'found' && event.part === 'federated' && event.found.runs.length > 0) control.stop();
    });
    return kept[kept.length - 1];
  }
  const ofClass = () => {
    const { crew, join } = createCrew();
    serve(join('Ada', [0]).transport, engines[0]);
    return interrupted(crew);
  };

  it('waits for the class when it goes on, though none is open yet', async () => {
    const resume = await ofClass();
    expect(resume.head.byClass).toBe(true);
    const { crew, join } = createCrew();
    const keeps: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void keeps.push(checkpoint));
    const study = await record(
      inputsOf(host, config, { task: TASK, crew: (isAwaited) => (isAwaited ? crew : null), resume, keep }),
      (event) => {
        if (event.type === 'notice') serve(join('Ada', [0]).transport, engines[1]);
      },
    );
    expect(noticesOf(study)).toEqual(['Round 1 of the federation waits: no device of the classroom is connected.']);
    expect(federated(study).runs.map(({ attendance }) => attendance?.rounds.length)).toEqual([3]);
    expect(keeps.every(({ head }) => head.byClass)).toBe(true);
  });

  it('is simulated only where that is wanted, and says so', async () => {
    const resume = await ofClass();
    const { crew } = createCrew();
    const study = await record(inputsOf(host, config, { task: TASK, crew: () => crew, resume, simulates: true }));
    expect(noticesOf(study)).toEqual([
      'The devices of a classroom had begun to train the clients of this study. Its clients are simulated now.',
    ]);
    expect(federated(study)).toEqual(await simulate(config));
  });

  it('with simulated clients says nothing of a class', async () => {
    expect((await interrupted(null)).head).not.toHaveProperty('byClass');
  });
});

describe('a device whose numbers no training gives', () => {
  const config = configOf({ rules: ['fedit'] }, { arms: trainingOnly().arms.slice(0, 1) });
  const lies = (trainer: LocalTrainer): LocalTrainer => ({
    async train(...round) {
      const found = await trainer.train(...round);
      return { ...found, adapters: found.adapters.map((adapter) => adapter.fill(1e30)) };
    },
  });
  const class_ = () => {
    const { crew, join } = createCrew();
    serve(join('Ada', [0]).transport, engines[0]);
    serve(join('Bob', [1]).transport, engines[1], { around: lies });
    return crew;
  };
  const opens = ({ result }: RecordedStudy) => v.is(StudyResultSchema, JSON.parse(JSON.stringify(result)));

  it('is refused, and the result can be opened again', async () => {
    const study = await record(inputsOf(host, config, { task: TASK, crew: class_ }));
    for (const { attendance } of federated(study).runs)
      expect(attendance?.rounds.map(({ took }) => took)).toEqual([[0], [0], [0]]);
    expect(noticesOf(study)[0]).toMatch(/^An answer of Bob in round 1 is refused: its adapter has numbers that are/);
    expect(opens(study)).toBe(true);
  });

  it('that is believed ends the rounds: what is made of its numbers is not finite, and the result says so without it', async () => {
    const { devices, ...crew } = class_();
    const trusted = devices().map((device) => ({ ...device, isTrusted: true }));
    const study = await record(
      inputsOf(host, config, { task: TASK, crew: () => ({ ...crew, devices: () => trusted }) }),
    );
    expect(federated(study).runs).toMatchObject([{ arm: 'lora', accuracy: [], loss: [], error: [], diverged: 1 }]);
    expect(noticesOf(study)).toEqual([expect.stringMatching(/^lora, seed 4, diverged in round 1 under FedIT/)]);
    expect(opens(study)).toBe(true);
  });
});

describe('images of a device’s own', () => {
  it('weigh as many as they are, in the study’s order of classes; other classes are refused in words', async () => {
    const config = configOf({ rules: ['fedit'] });
    const { crew, join } = createCrew();
    const own = tinyTask(30);
    const turned: Task = {
      ...own,
      classes: ['blue', 'red', 'green'],
      train: { ...own.train, labels: own.train.labels.map((label) => (label + 1) % 3) },
    };
    expect(asTaskOf({ task: '', classes: [...own.classes], prompts: [...own.prompts] }, turned).train).toEqual(
      own.train,
    );
    serve(join('Ada', [0], { hasOwnImages: true }).transport, engines[0], { own: turned });
    serve(join('Bob', [1], { hasOwnImages: true }).transport, engines[1], {
      own: { ...own, classes: ['red', 'green', 'grey'] },
    });
    const study = await record(inputsOf(host, config, { task: TASK, crew: () => crew }));
    for (const { attendance } of federated(study).runs)
      for (const round of attendance?.rounds ?? []) expect(round).toMatchObject({ took: [0], images: [30], own: [30] });
    const notices = noticesOf(study);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(
      /^Bob cannot train: .*its own images have other classes than .* \(missing: “blue”\): give /,
    );
  });

  it('are refused for a class too many, without saying that one is missing', () => {
    const own = tinyTask(30);
    const study = { task: '', classes: own.classes.slice(1), prompts: own.prompts.slice(1) };
    expect(() => asTaskOf(study, own)).toThrow(
      'its own images have other classes than the study: give the classes the names that the study has, and leave the others out',
    );
  });
});
