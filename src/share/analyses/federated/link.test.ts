import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withAttendance } from '../../../../tests/fixtures/attendance.ts';
import { without } from '../../../core/without.ts';
import { FEDERATED_RULE_IDS } from '../../../copra/federated/rule-list.ts';
import type { FederatedRun } from '../../../study/analyses/federated/result.ts';
import { USUAL_FEDERATED } from '../../../study/analyses/federated/settings.ts';
import { federated as preset } from '../../../study/presets/federated.ts';
import { withoutPeople } from '../../../study/result/result-parts.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { configToQuery, queryToConfig } from '../../config/config-query.ts';
import { federatedAttendanceCsv, federatedClientsCsv, federatedCsv, federatedErrorCsv } from './csv.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';

const ROUNDS = 4;
const curve = (i: number) => Array.from({ length: ROUNDS }, (_, round) => 0.1 + ((round + i) % 5) / 7);

function run(arm: string, seed: number, rule: FederatedRun['rule'], i: number): FederatedRun {
  const players = [0, 1, 2].map((layer) => ({ tower: 'vision' as const, layer }));
  const exact = ['ffa-lora', 'fedex-lora', 'stacking'].includes(rule);
  return {
    arm,
    seed,
    rule,
    accuracy: curve(i).map((value) => Math.round(value * 400) / 400),
    loss: curve(i + 1),
    drift: curve(i + 2),
    movement: curve(i + 3),
    players,
    error: curve(i).map((value) => players.map((_, layer) => (exact ? 1e-8 : value / (layer + 1)))),
    down: 460800 + i,
    up: 460800,
  };
}

function withFederated(): StudyResult {
  const result = studyResultFixture();
  const [seed] = result.config.seeds;
  const runs = result.config.arms.flatMap(({ id }) => FEDERATED_RULE_IDS.map((rule, i) => run(id, seed, rule, i)));
  const counts = [result.task.classes.map((_, i) => 3 * i), result.task.classes.map(() => 1000)];
  const partitions = [
    { seed, kind: 'dirichlet' as const, kinds: result.task.classes, counts, short: true },
    { seed: seed + 1, kind: 'style' as const, kinds: ['noto', 'flüssig'], counts: [[1, 2]], short: false },
  ];
  return { ...result, landscape: [], shapley: [], pruning: [], federated: { partitions, runs } };
}

function roundTrip(result: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(result, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('federated training in links', () => {
  it('arrives with every accuracy and count, and curves as near as a chart shows', () => {
    const result = withFederated();
    const read = roundTrip(result).federated;
    expect(read?.partitions).toEqual(result.federated?.partitions);
    expect(read?.runs).toHaveLength(2 * FEDERATED_RULE_IDS.length);
    read?.runs.forEach((actual, i) => {
      const expected = result.federated!.runs[i];
      const { arm, seed, rule, players, up, down } = expected;
      expect(actual).toMatchObject({ arm, seed, rule, players, up, down });
      actual.accuracy.forEach((value, round) => expect(value).toBeCloseTo(expected.accuracy[round], 9));
      for (const name of ['loss', 'drift', 'movement'] as const)
        actual[name].forEach((value, round) => expect(Math.abs(value - expected[name][round])).toBeLessThan(0.003));
      actual.error
        .flat()
        .forEach((value, at) => expect(Math.abs(value - expected.error.flat()[at])).toBeLessThan(0.003));
    });
  });

  it('says which courses diverged, and in which round, also the first', () => {
    const result = withFederated();
    const said = [null, 2, 1, undefined];
    const runs = result.federated!.runs.map((one, i) => {
      const diverged = said[i % said.length];
      const rounds = diverged ? diverged - 1 : ROUNDS;
      const { accuracy, loss, drift, movement, error } = one;
      const [a, l, d, m] = [accuracy, loss, drift, movement].map((curve) => curve.slice(0, rounds));
      const done = { ...one, accuracy: a, loss: l, drift: d, movement: m, error: error.slice(0, rounds) };
      return diverged === undefined ? done : { ...done, diverged };
    });
    const read = roundTrip({ ...result, federated: { ...result.federated!, runs } }).federated?.runs ?? [];
    expect(read.map(({ accuracy, diverged }) => [accuracy.length, diverged])).toEqual(
      runs.map(({ accuracy, diverged }) => [accuracy.length, diverged]),
    );
    expect('diverged' in read[3]).toBe(false);
  });

  it('is absent from links of studies without, and of arms that are not part of the study', () => {
    expect('federated' in roundTrip(studyResultFixture())).toBe(false);
    const result = withFederated();
    const { federated } = result;
    const stray = { ...result, federated: { ...federated!, runs: [...federated!.runs, run('gone', 1, 'fedit', 0)] } };
    expect(roundTrip(stray).federated?.runs).toHaveLength(2 * FEDERATED_RULE_IDS.length);
  });

  it('that was switched off again leaves no trace', () => {
    const result = studyResultFixture();
    const { analyses } = result.config;
    const off = { ...result, config: { ...result.config, analyses: { ...analyses, federated: undefined } } };
    expect(encodeResultLink(off).fragment).toBe(encodeResultLink(result).fragment);
  });

  it('gives up its errors before the rest where there is no room', () => {
    const result = withFederated();
    const { length } = encodeResultLink(result, 1e6).fragment;
    const shorter = Array.from({ length: 20 }, (_, i) => length - 50 * i).map((most) => encodeResultLink(result, most));
    const first = shorter.find(({ leftOut }) => leftOut.includes('the aggregation errors of federated training'));
    expect(first?.leftOut).not.toContain('the federated training');
    const decoded = decodeResultLink(first?.fragment ?? '');
    if (!decoded.ok) throw new Error(decoded.message());
    expect(decoded.result.federated?.runs.map(({ error }) => error.length)).toEqual(Array(12).fill(0));
    expect(decoded.result.federated?.runs[0].accuracy).toHaveLength(ROUNDS);
  });
});

describe('who took part', () => {
  it('arrives as it was, with bytes and without the names of devices; other runs stay without', () => {
    const result = withoutPeople(withAttendance());
    const [first, ...others] = result.federated?.runs ?? [];
    expect(first.attendance?.names).toEqual(['', '', '']);
    const { fragment, kept } = encodeResultLink(withAttendance(), 1e6);
    expect(fragment).toBe(encodeResultLink(result, 1e6).fragment);
    expect(JSON.stringify(kept)).not.toMatch(/Ada|Grace/);
    expect(roundTrip(withAttendance()).federated?.runs.map(({ attendance }) => attendance)).toEqual(
      [first, ...others].map(({ attendance }) => attendance),
    );
    const mixed = { ...result, federated: { partitions: [], runs: [without(first, 'attendance'), ...others] } };
    const [read, ...rest] = roundTrip(mixed).federated?.runs ?? [];
    expect('attendance' in read).toBe(false);
    expect(rest.map(({ attendance }) => attendance)).toEqual(others.map(({ attendance }) => attendance));
  });

  it('arrives with the images that devices brought, and in a link nameless whoever was asked', () => {
    const { federated, ...others } = withAttendance();
    const [first, ...rest] = federated!.runs;
    const rounds = first.attendance!.rounds.map((round, i) => ({
      ...round,
      names: round.asked.map((client) => (client === 1 && i > 1 ? 'Zoe' : 'somebody')),
      ...(i !== 3 && { own: round.took.map((client) => (client === 0 ? 5_000_000 : null)) }),
    }));
    const changed = { ...first, attendance: { names: ['somebody', '', ''], rounds } };
    const result = { ...others, federated: { ...federated!, runs: [changed, ...rest] } };
    const { kept } = encodeResultLink(result, 1e6);
    expect(JSON.stringify(kept)).not.toMatch(/Zoe|somebody/);
    const nameless = withoutPeople(result);
    expect(withoutPeople(nameless)).toBe(nameless);
    const [read] = roundTrip(result).federated?.runs ?? [];
    expect(read.attendance?.rounds).toEqual(rounds.map((round) => without(round, 'names')));
    const lines = federatedAttendanceCsv(result).trim().split('\r\n');
    const cells = (round: number, client: number) => lines[1 + 3 * round + client].split(',').slice(5, 10);
    expect(cells(1, 1)).toEqual(['somebody', '1', '1', '50', '']);
    expect(cells(2, 1)).toEqual(['Zoe', '1', '1', '50', '']);
    expect(cells(2, 0)).toEqual(['somebody', '1', '1', '40', '5000000']);
    const [partition] = federated!.partitions;
    const parts = federatedClientsCsv({
      federated: {
        partitions: [partition],
        runs: [{ ...changed, attendance: { ...changed.attendance, rounds: rounds.slice(0, 3) } }],
      },
    });
    expect(parts.split('\r\n')[1]).toBe(`${partition.seed},1,own_images,,5000000`);
    expect(parts.trim().split('\r\n')).toHaveLength(1 + 1 + 2 * partition.kinds.length);
  });

  it('is a row of a table per client and round', () => {
    const lines = federatedAttendanceCsv(withAttendance()).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 4 * 5 * 3);
    expect(lines[0]).toBe('arm,seed,rule,round,client,name,asked,took_part,counts_as,own_images,bytes_down,bytes_up');
    expect(lines[2]).toMatch(/^LoRA,\d+,fedit,1,2,Grace,1,0,,,6900,4600$/);
    expect(federatedAttendanceCsv(withFederated()).trim().split('\r\n')).toHaveLength(1);
  });
});

describe('its settings in a query', () => {
  const understood = (query: string) => queryToConfig(query).config?.analyses.federated;

  it('are "on", or what is other than usual', () => {
    const usual = { ...preset.config, analyses: { ...preset.config.analyses, federated: USUAL_FEDERATED } };
    expect(configToQuery(usual)).toContain('federated=on');
    expect(configToQuery(preset.config)).toContain('federated=on&federated-seeds=6');
    expect(understood('federated=on')).toEqual(USUAL_FEDERATED);
    expect(understood('federated=off')?.enabled).toBe(false);
    expect(understood('v=1')).toBeUndefined();
    const federated = {
      ...USUAL_FEDERATED,
      clients: 10,
      partition: 'style' as const,
      rules: ['stacking' as const, 'fedit' as const],
    };
    const config = { ...preset.config, analyses: { ...preset.config.analyses, federated } };
    expect(understood(configToQuery(config))).toEqual(federated);
    expect(understood('federated=clients:3;alpha:.5')).toMatchObject({ clients: 3, alpha: 0.5, rounds: 15 });
  });

  it('that make no sense are named', () => {
    for (const query of ['federated=clients:1', 'federated=cliens:4', 'federated=rules:best'])
      expect(queryToConfig(query).problems).toHaveLength(1);
  });
});

it('CSV: a row per round, per layer of it, and per client and class', () => {
  const result = withFederated();
  const rows = (text: string) =>
    text
      .trim()
      .split('\r\n')
      .map((line) => line.split(',').length);
  expect(rows(federatedCsv(result))).toEqual(Array(1 + 12 * ROUNDS).fill(12));
  const layers = federatedErrorCsv(result)
    .trim()
    .split('\r\n')
    .map((line) => line.split(',')[5]);
  expect(new Set(layers)).toEqual(new Set(['layer', '1', '2', '3']));
  expect(rows(federatedErrorCsv(result))).toEqual(Array(1 + 12 * ROUNDS * 3).fill(7));
  expect(rows(federatedClientsCsv(result))).toEqual(Array(1 + 2 * result.task.classes.length + 2).fill(5));
});
