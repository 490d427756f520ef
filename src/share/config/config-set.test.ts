import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../study/presets/presets.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt } from './config-keys.ts';
import { withSettings } from './config-set.ts';

const [{ config }] = PRESETS;

describe('settings of a command line', () => {
  it('are those of addresses; one of a single arm counts more than one of all', () => {
    const set = withSettings(config, ['copra.rank=8', 'steps=400', 'rank=2', 'seeds=0-3', 'augment=off']);
    expect(set.arms.map(({ rank }) => rank)).toEqual([2, 8]);
    expect(set).toMatchObject({ seeds: [0, 1, 2, 3], training: { steps: 400, augment: false } });
    expect(withSettings(config, [])).toEqual(config);
  });

  it('may be full paths of the configuration', () => {
    const short = withSettings(config, ['steps=400', 'copra.lr=0.01', 'p0=0.1', 'landscape-points=11']);
    const full = ['training.steps=400', 'arms.copra.learningRate=0.01', 'arms.p0=0.1', 'analyses.landscape.points=11'];
    expect(withSettings(config, full)).toEqual(short);
    expect(withSettings(config, ['copra.learningRate=0.01', 'rampFraction=0.5'])).toEqual(
      withSettings(config, ['copra.lr=0.01', 'ramp=0.5']),
    );
  });

  it('switch an analysis on by any of its settings, and off by its name', () => {
    const on = withSettings(config, ['analyses.federated.rounds=5', 'merging-density=0.2']);
    expect(on.analyses.federated).toMatchObject({ enabled: true, rounds: 5, clients: 5 });
    expect(on.analyses.merging).toMatchObject({ enabled: true, density: 0.2 });
    expect(withSettings(on, ['analyses.federated=off']).analyses.federated).toMatchObject({
      enabled: false,
      rounds: 5,
    });
    expect(withSettings(config, ['federated=rounds:5', 'merging-density=0.2'])).toEqual(on);
    expect(withSettings(config, ['landscape-train-images=9']).analyses.landscape.trainImages).toBe(9);
    expect(withSettings(config, ['landscape-train-images=9', 'landscape-train-images=none'])).toEqual(config);
  });

  it.each([...STUDY_KEYS, ...ARM_KEYS])('set what they print: $key', (key) => {
    const ofArm = ARM_KEYS.includes(key);
    const value = valueAt(ofArm ? config.arms[1] : config, key);
    if (value === null) return;
    const name = ofArm ? `arms.copra.${key.path[0]}` : key.path.join('.');
    expect(withSettings(config, [`${name}=${key.kind.print(value)}`])).toMatchObject(config);
  });

  it('leave out what says nothing', () => {
    expect(withSettings(config, ['dora=off', 'loraplus=1'])).toEqual(config);
  });

  it.each([
    ['stpes=100', /“stpes” is no setting; “steps” may be meant/],
    ['trainig.steps=100', /“training.steps” may be meant/],
    ['copra.rnk=3', /“copra.rank” may be meant/],
    ['arms.copra.lerningRate=3', /“arms.copra.learningRate” may be meant/],
    ['cpra.rank=3', /“copra.rank” may be meant/],
    ['nobody.rank=3', /no setting of this study, whose arms are lora, copra; docs\/settings.md/],
    ['arms=lora', /“arms” is no setting/],
    ['steps=many', /“steps=many” cannot be set: a number is expected/],
    ['copra.rank=100', /“copra.rank=100” cannot be set: Expected at most 64 but received 100/],
    ['augment=perhaps', /“on” or “off”/],
    ['analyses.federated.round=3', /“analyses.federated.rounds” may be meant/],
    ['federated-clients=1', /“federated-clients=1” cannot be set: Expected at least 2 but received 1/],
    ['=3', /“” is no setting/],
    ['two words=3', /is no setting/],
  ])('say what is wrong with %s', (setting, message) => {
    expect(() => withSettings(config, ['batch=16', setting])).toThrow(message);
  });
});
