import { describe, expect, it } from 'vitest';
import { federatedFixture } from '../../../../tests/fixtures/federated.ts';
import { withAttendance } from '../../../../tests/fixtures/attendance.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { ownImages } from '../../../study/analyses/federated/attendance.ts';
import type { FederatedRun } from '../../../study/analyses/federated/result.ts';
import { USUAL_FEDERATED } from '../../../study/analyses/federated/settings.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { attendanceOf } from './class-attendance.ts';
import { attendancePlot, attendanceTable } from './attendance-plot.ts';
import { clientsOfParts, clientsPlot, clientsTable } from './clients-plot.ts';
import { centralAccuracy, seedCourses, drawnArms } from './seed-courses.ts';
import { errorPlot, errorTable } from './error-plot.ts';
import { errorCaption, federatedCaption } from './federated-caption.ts';
import { ROUND_MEASURES, roundsPlot, roundsTable } from './rounds-plot.ts';

const base = studyResultFixture();
const [seed] = base.config.seeds;
const { task } = base.config;

const run = (arm: string, rule: FederatedRun['rule'], rounds: number): FederatedRun => ({
  arm,
  seed,
  rule,
  accuracy: Array.from({ length: rounds }, (_, i) => 0.4 + i / 20),
  loss: Array.from({ length: rounds }, (_, i) => 1.5 - i / 20),
  players: [0, 1].map((layer) => ({ tower: 'vision' as const, layer })),
  error: Array.from({ length: rounds }, () => (rule === 'fedit' ? [0.1, 0.3] : [1e-8, 1e-8])),
  drift: Array.from({ length: rounds }, () => 1),
  movement: Array.from({ length: rounds }, () => 2),
  down: 4000,
  up: 2000,
});

function withRounds(rounds: number, fewer = rounds): StudyResult {
  const steps = USUAL_FEDERATED.rounds * USUAL_FEDERATED.localSteps;
  const { config } = base;
  const analyses = { ...config.analyses, federated: USUAL_FEDERATED };
  const runs = config.arms.flatMap(({ id }, i) => [
    run(id, 'fedit', rounds),
    run(id, 'fedex-lora', i === 0 ? rounds : fewer),
  ]);
  const partition = { seed, kind: 'dirichlet' as const, kinds: ['a', 'b'], short: false };
  return {
    ...base,
    status: rounds < USUAL_FEDERATED.rounds ? 'stopped' : 'complete',
    config: { ...config, training: { ...config.training, steps }, analyses },
    federated: {
      partitions: [
        {
          ...partition,
          counts: [
            [3, 1],
            [0, 9],
          ],
        },
      ],
      runs,
    },
  };
}

describe('the figures of federated training', () => {
  const result = withRounds(3, 2);

  it.each(ROUND_MEASURES)('draws %s with a line per arm and rule', (measure) => {
    const [{ marks }] = roundsPlot(result, measure)!(600).panels;
    const lines = marks.filter((mark) => mark.kind === 'line');
    expect(new Set(lines.map(({ name }) => name)).size).toBe(4);
    if (measure === 'drift') expect(lines[0].y).toEqual([0.5, 0.5, 0.5]);
    else expect(lines[0].y).toHaveLength(result.task.zeroShot ? 4 : 3);
    const looks = lines.map(({ colour, dash, marker }) => JSON.stringify([colour, dash, marker]));
    expect(new Set(looks).size).toBe(4);
  });

  it('shows errors of rules that err, layers × rounds', () => {
    const { panels } = errorPlot(result)!(600);
    expect(panels).toHaveLength(2);
    expect(panels[0].marks).toEqual([
      expect.objectContaining({
        values: [
          [10, 10, 10],
          [30, 30, 30],
        ],
      }),
    ]);
    expect(errorCaption(result)).toContain('FedIT 20.0 / 20.0\u00a0% in round 1, 20.0 / 20.0\u00a0% in round 2');
    expect(errorTable(result).rows).toHaveLength(4 * 2);
  });

  it('shows the images of every client', () => {
    const [partition] = result.federated!.partitions;
    const [bars] = clientsPlot(partition, [0, 1], task)!(400).panels[0].marks;
    const series = bars.kind === 'bars' ? bars.series : [];
    expect(series.map(({ values }) => values)).toEqual([
      [3, 0],
      [1, 9],
    ]);
    expect(series[1].reading(1)).toBe('client 2: 9 of b');
    const ofClasses = { ...partition, kinds: ['food drink', 'flags'] };
    const named = (of: typeof partition): string[] => {
      const [mark] = clientsPlot(of, [0, 1], task)!(400).panels[0].marks;
      return mark.kind === 'bars' ? mark.series.map(({ name }) => name) : [];
    };
    expect(named(ofClasses)).toEqual(['Food & drink', 'Flags']);
    expect(named({ ...ofClasses, kind: 'style' })).toEqual(['food drink', 'flags']);
    expect(clientsTable(result.federated!, task).rows).toEqual([
      ['1', String(seed), '4', '3', '1'],
      ['2', String(seed), '9', '0', '9'],
    ]);
  });

  it('leaves out clients whose devices brought images, since nothing is known of their classes, and gives the number that they say', () => {
    const { partitions, runs } = result.federated!;
    const round = { asked: [0, 1], took: [0, 1], images: [9, 4], own: [52, null], down: 1, up: 1 };
    const withOwn = (...own: (number | null)[][]) => ({
      partitions,
      runs: runs.map((run) => ({
        ...run,
        attendance: { names: ['Ada', 'Bob'], rounds: own.map((images) => ({ ...round, own: images })) },
      })),
    });
    const [partition] = partitions;
    const ada = withOwn([52, null], [52, null]);
    const clients = clientsOfParts(partition, ownImages(ada, seed));
    expect(clients).toEqual([1]);
    const [bars] = clientsPlot(partition, clients, task)!(400).panels[0].marks;
    const series = bars.kind === 'bars' ? bars.series : [];
    expect(series.map(({ values }) => values)).toEqual([[0], [9]]);
    expect(series[1].reading(0)).toBe('client 2: 9 of b');
    expect(clientsTable(ada, task).rows).toEqual([
      ['1', String(seed), '52', '–', '–'],
      ['2', String(seed), '9', '0', '9'],
    ]);
    const all = clientsOfParts(partition, ownImages(withOwn([52, 8]), seed));
    expect(clientsPlot(partition, all, task)).toBeNull();
    // Who took over trained on the part.
    const mixed = ownImages(withOwn([52, null], [null, null]), seed);
    expect(clientsOfParts(partition, mixed)).toEqual([0, 1]);
    expect([...mixed.partly]).toEqual([0]);
  });

  it('compares at the last round that all have done, and with ordinary runs of as many steps only', () => {
    expect(federatedCaption(result)).toContain('after 2 of 15 rounds');
    const [arm] = result.config.arms;
    expect(federatedCaption(result)).not.toContain('ordinary runs');
    expect(federatedCaption(withRounds(USUAL_FEDERATED.rounds))).toContain('ordinary runs of as many steps');
    expect(centralAccuracy(result, arm.id)).not.toBeNull();
    const other = { ...result, config: { ...result.config, training: { ...result.config.training, steps: 299 } } };
    expect(centralAccuracy(other, arm.id)).toBeNull();
    expect(federatedCaption(other)).not.toContain('ordinary runs');
    expect(roundsTable(result).rows).toHaveLength(4 + 2);
    expect(roundsTable(other).rows).toHaveLength(4);
  });

  it('say which arm diverged, and compare the others at their last round', () => {
    const diverged = federatedFixture({ rounds: 5, done: (arm, one) => (arm === 'lora' ? (one === 0 ? 0 : 2) : 5) });
    const caption = federatedCaption(diverged).replaceAll('\u00a0', ' ');
    expect(caption).toContain('LoRA / CopRA after 5 rounds: FedIT – / 45.5 %, FedEx-LoRA – / 45.5 %');
    expect(caption).toContain(
      'all of 4 federated trainings of LoRA diverged (FedIT in round 1 of seed 0, FedEx-LoRA in round 1 of seed 0, FedIT in round 3 of seed 1, FedEx-LoRA in round 3 of seed 1) and are left out of these numbers: lower the learning rate of LoRA',
    );
    expect(errorCaption(diverged)).toContain('in round 5');
    const some = federatedFixture({ rounds: 5, done: (arm, one) => (arm === 'lora' && one === 0 ? 2 : 5) });
    expect(federatedCaption(some)).toContain('; 1 to 2 seeds, ');
  });

  it('show means of trainings that are compared, and name those that diverged', () => {
    const fixture = federatedFixture({
      rounds: 6,
      seeds: 3,
      done: (arm, one, rule) => (arm === 'lora' && one === 2 && rule === 'fedit' ? 3 : 6),
    });
    const lineOf = (of: typeof fixture) => {
      const [{ marks }] = roundsPlot(of, 'accuracy')!(800).panels;
      return marks.find((mark) => mark.kind === 'line' && mark.name === 'LoRA, FedIT');
    };
    const two = { ...fixture, config: { ...fixture.config, seeds: fixture.config.seeds.slice(0, 2) } };
    expect(lineOf(fixture)).toMatchObject({ y: (lineOf(two) as { readonly y: readonly number[] }).y });
    const rows = roundsTable(fixture).rows.filter(([arm, rule]) => arm === 'LoRA' && rule === 'FedIT');
    expect(rows.map(([, , one, rounds]) => [one, rounds])).toEqual([
      ['0', '6'],
      ['1', '6'],
      ['2', '3, then diverged'],
    ]);
    // The errors of the last round are those of as many rounds.
    expect(errorTable(fixture).rows[0].slice(-2)).toEqual(['15.00', '2']);
    const alone = federatedFixture({ rounds: 4, seeds: 1, status: 'stopped', done: (arm) => (arm === 'lora' ? 4 : 0) });
    expect(lineOf(alone)).toBeDefined();
  });

  it('begin where the adapters begin, which the head of a frozen ViT is not', () => {
    const vit = { ...result, task: { ...result.task, zeroShot: null, headOnly: { accuracy: 0.62, loss: 1.1 } } };
    const [{ marks }] = roundsPlot(vit, 'accuracy')!(600).panels;
    const [line] = marks.filter((mark) => mark.kind === 'line');
    expect(line).toMatchObject({ x: [1, 2, 3], y: [40, 45, 50] });
    expect(marks.filter(({ kind }) => kind === 'level').length).toBeGreaterThan(0);
  });

  it('have no line of an arm of which another adapter than the last is taken', () => {
    const { config, federated } = federatedFixture({ rounds: 15, done: (arm) => (arm === 'lora' ? 15 : 0) });
    const [lora, copra] = config.arms;
    const taken = [lora, { ...copra, take: 'average' as const }];
    const parts = { ...result, federated, config: { ...result.config, arms: taken } };
    expect(drawnArms(parts).map(({ id }) => id)).toEqual(['lora']);
    expect(centralAccuracy(parts, 'lora')).not.toBeNull();
    expect(centralAccuracy(parts, 'copra')).toBeNull();
    expect(federatedCaption({ ...parts, status: 'complete' })).toMatch(/^LoRA after 15 rounds: FedIT \d/);
  });

  it('are empty before there is anything', () => {
    const empty = { ...result, federated: undefined };
    expect(roundsPlot(empty, 'accuracy')).toBeNull();
    expect(errorPlot(empty)).toBeNull();
    expect(clientsPlot(null, [], task)).toBeNull();
    expect(seedCourses(empty)).toEqual([]);
    expect(federatedCaption(empty)).toBe('');
    expect(errorCaption(empty)).toBe('');
  });
});

describe('who took part', () => {
  it('counts the trainings of every round in which a client was asked and answered in time', () => {
    const attendance = attendanceOf(withAttendance());
    expect(attendance).toMatchObject({ trainings: 4, asked: 4 * 14, took: 4 * 14 - 4 });
    const [ada, grace, tab] = attendance?.holders ?? [];
    expect(ada.rounds.every(({ took, asked, of }) => took === 4 && asked === 4 && of === 4)).toBe(true);
    expect(grace.rounds.map(({ took }) => took)).toEqual([1, 4, 4, 3, 4]);
    expect(grace.images).toBe(50);
    expect(tab.rounds.map(({ asked }) => asked)).toEqual([4, 4, 4, 4, 0]);
    expect(attendanceTable(attendance).rows[1]).toEqual(['2', 'Grace', '16', '20', '20', '50', '–']);
    const mark = attendancePlot(attendance)?.(560).panels[0].marks[0];
    expect(mark?.kind === 'cells' && mark.values[1]).toEqual([25, 100, 100, 75, 100]);
    expect(mark?.kind === 'cells' && mark.reading?.(1, 3)).toBe(
      'Grace, round 4: took part in 3 of 4 trainings, was asked in 4',
    );
  });

  it('credits nobody with the rounds of another who held the client before, or in another seed or class', () => {
    const base = withRounds(2);
    const [one, other] = base.federated!.runs;
    const round = { asked: [0, 1], took: [0, 1], images: [4, 4], down: 1, up: 1 };
    const runs = [
      {
        ...one,
        attendance: {
          names: ['Ada', 'Eve'],
          rounds: [
            { ...round, names: ['Ada', 'Bob'] },
            { ...round, names: ['Ada', 'Eve'] },
          ],
        },
      },
      // Of a version that knew the last name alone.
      { ...other, seed: seed + 1, attendance: { names: ['Cyd', 'Dan', 'Finn'], rounds: [round, round] } },
    ];
    const attendance = attendanceOf({ federated: { partitions: [], runs } });
    expect(attendance).toMatchObject({ clients: 3, rounds: 2 });
    expect(attendanceTable(attendance).rows.map((row) => row.slice(0, 5))).toEqual([
      ['1', 'Ada', '2', '2', '4'],
      ['1', 'Cyd', '2', '2', '4'],
      ['2', 'Bob', '1', '1', '4'],
      ['2', 'Eve', '1', '1', '4'],
      ['2', 'Dan', '2', '2', '4'],
      ['3', 'Finn', '0', '0', '4'],
    ]);
  });

  it('is nothing where clients were simulated', () => {
    expect(attendanceOf(withRounds(3))).toBeNull();
    expect(attendancePlot(null)).toBeNull();
    expect(attendanceTable(null).rows).toEqual([]);
  });
});
