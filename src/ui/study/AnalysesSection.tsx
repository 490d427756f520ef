import { studyCost } from '../../state/cost.ts';
import type { StudyConfig } from '../../study/config.ts';
import { PRESETS } from '../../study/presets.ts';
import { useBackbone, useEditConfig, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Fold } from '../controls/Fold.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { integer, plural } from '../format.ts';
import css from './study.module.css';

type Analyses = StudyConfig['analyses'];

const DEFAULTS: Analyses = PRESETS[0].config.analyses;

const ESTIMATORS = [
  { id: 'exact', name: 'exact', description: 'Every coalition of up to 12 layers.' },
  {
    id: 'permutation',
    name: 'sampled',
    description: 'Random orders of the layers; any number of layers, with a sampling error.',
  },
] as const;

const NAMES = { landscape: 'Landscape', shapley: 'Shapley values', pruning: 'Pruning' } as const;
const HELP = {
  landscape: 'Accuracy and loss between the adapters of every pair of seeds.',
  shapley: 'What every layer contributes, by trying coalitions of layers.',
  pruning: 'Accuracy with layers switched off and with weights set to zero.',
} as const;

function ShapleySettings() {
  const analyses = useStudy((state) => state.config.analyses);
  const edit = useEditConfig();
  const shapley = (patch: Partial<Analyses['shapley']>) =>
    edit((old) => ({ ...old, analyses: { ...old.analyses, shapley: { ...old.analyses.shapley, ...patch } } }));
  return (
    <div className={css.nested}>
      <SettingRow
        label="Estimator"
        help="Exact values try all 2ⁿ coalitions of n layers; sampled values try random orders and report their error."
        defaultText={DEFAULTS.shapley.estimator}
        onReset={
          analyses.shapley.estimator !== DEFAULTS.shapley.estimator
            ? () => shapley({ estimator: DEFAULTS.shapley.estimator })
            : null
        }
      >
        <Choice
          label="Shapley estimator"
          value={analyses.shapley.estimator}
          options={ESTIMATORS}
          onChange={(estimator) => shapley({ estimator })}
        />
      </SettingRow>
      {analyses.shapley.estimator === 'permutation' && (
        <SettingRow
          label="Orders sampled"
          help="More orders, smaller error: it falls with the square root."
          defaultText={String(DEFAULTS.shapley.permutations)}
          onReset={
            analyses.shapley.permutations !== DEFAULTS.shapley.permutations
              ? () => shapley({ permutations: DEFAULTS.shapley.permutations })
              : null
          }
        >
          <NumberInput
            label="Orders sampled"
            value={analyses.shapley.permutations}
            min={2}
            max={10000}
            step={1}
            onChange={(permutations) => shapley({ permutations })}
          />
        </SettingRow>
      )}
      <SettingRow
        label="Images"
        help="Test images on which coalitions are judged. Cost grows in proportion."
        defaultText={integer(DEFAULTS.shapley.images)}
        onReset={
          analyses.shapley.images !== DEFAULTS.shapley.images
            ? () => shapley({ images: DEFAULTS.shapley.images })
            : null
        }
      >
        <NumberInput
          label="Shapley images"
          value={analyses.shapley.images}
          min={1}
          max={100000}
          onChange={(images) => shapley({ images: Math.round(images) })}
        />
      </SettingRow>
      <SettingRow
        label="Seeds analysed"
        help="How many runs of every arm are analysed; the rest is skipped."
        defaultText={String(DEFAULTS.shapley.seedsPerArm)}
        onReset={
          analyses.shapley.seedsPerArm !== DEFAULTS.shapley.seedsPerArm
            ? () => shapley({ seedsPerArm: DEFAULTS.shapley.seedsPerArm })
            : null
        }
      >
        <NumberInput
          label="Shapley seeds per arm"
          value={analyses.shapley.seedsPerArm}
          min={1}
          max={32}
          step={1}
          onChange={(seedsPerArm) => shapley({ seedsPerArm })}
        />
      </SettingRow>
    </div>
  );
}

export function AnalysesSection() {
  const config = useStudy((state) => state.config);
  const edit = useEditConfig();
  const backbone = useBackbone();
  const { analyses } = config;
  const cost = studyCost(config, backbone);
  const change = (patch: Partial<Analyses>) => edit((old) => ({ ...old, analyses: { ...old.analyses, ...patch } }));
  const costs = {
    landscape: `${integer(cost.landscape)} evaluations, ${plural(cost.seedPairs, 'pair of seeds', 'pairs of seeds')}`,
    shapley: `${integer(cost.coalitions)} coalitions × ${integer(analyses.shapley.images)} images`,
    pruning: `${integer(cost.pruning)} evaluations`,
  };
  const enabled = (['landscape', 'shapley', 'pruning'] as const).filter((key) => analyses[key].enabled);
  return (
    <Fold
      title="Analyses"
      summary={
        enabled.length === 3 ? 'all' : enabled.length === 0 ? 'none' : enabled.map((key) => NAMES[key]).join(', ')
      }
    >
      {(['landscape', 'shapley', 'pruning'] as const).map((key) => (
        <div key={key} className={css.analysis}>
          <SettingRow
            label={NAMES[key]}
            help={HELP[key]}
            defaultText={DEFAULTS[key].enabled ? 'on' : 'off'}
            onReset={
              analyses[key].enabled !== DEFAULTS[key].enabled
                ? () => change({ [key]: { ...analyses[key], enabled: DEFAULTS[key].enabled } })
                : null
            }
          >
            <Toggle
              label={NAMES[key]}
              value={analyses[key].enabled}
              onChange={(on) => change({ [key]: { ...analyses[key], enabled: on } })}
            />
          </SettingRow>
          {analyses[key].enabled && <p className={css.cost}>{costs[key]}</p>}
          {key === 'shapley' && analyses.shapley.enabled && <ShapleySettings />}
        </div>
      ))}
      <SettingRow
        label="Test images"
        help="Upper limit of the test images used by landscape and pruning. Fewer images are faster and noisier."
        defaultText={DEFAULTS.testImages === null ? 'all' : integer(DEFAULTS.testImages)}
        onReset={analyses.testImages !== DEFAULTS.testImages ? () => change({ testImages: DEFAULTS.testImages }) : null}
      >
        <span className={css.inline}>
          {analyses.testImages !== null && (
            <NumberInput
              label="Test images"
              value={analyses.testImages}
              min={1}
              max={100000}
              onChange={(count) => change({ testImages: Math.round(count) })}
            />
          )}
          <Toggle
            label="Limit test images"
            value={analyses.testImages !== null}
            onChange={(on) => change({ testImages: on ? (DEFAULTS.testImages ?? 400) : null })}
          />
        </span>
      </SettingRow>
    </Fold>
  );
}
