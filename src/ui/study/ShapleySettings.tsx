import { DEFAULT_EVALUATIONS } from '../../study/analyses/shapley/settings.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { integer } from '../format.ts';
import css from './study.module.css';

type Shapley = StudyConfig['analyses']['shapley'];

const DEFAULTS: Shapley = PRESETS[0].config.analyses.shapley;

const ESTIMATORS = [
  { id: 'exact', name: 'exact', description: 'Every coalition; up to 12 players.' },
  {
    id: 'odd',
    name: 'odd order 3',
    description: 'Regression on pairs with all triples: the most exact of the sampled ones.',
  },
  { id: 'kernel', name: 'KernelSHAP', description: 'Regression on pairs of complementary coalitions.' },
  {
    id: 'owen',
    name: 'Owen',
    description: 'Every layer flipped in coalitions of random size, as in the papers’ argument.',
  },
  { id: 'permutation', name: 'orders', description: 'Random orders in which the layers join, and their reverses.' },
] as const;

const PLAYERS = [
  { id: 'layer', name: 'layers', description: 'All projections of a layer together.' },
  { id: 'module', name: 'projections', description: 'q, k, v, … of every layer on their own: a heat map.' },
] as const;

interface NumberRowProps {
  readonly label: string;
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly usual: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function NumberRow({ label, name, help, value, usual, min, max, onChange }: NumberRowProps) {
  return (
    <SettingRow
      label={label}
      help={help}
      defaultText={integer(usual)}
      onReset={value !== usual ? () => onChange(usual) : null}
    >
      <NumberInput
        label={name}
        value={value}
        min={min}
        max={max}
        step={1}
        onChange={(next) => onChange(Math.round(next))}
      />
    </SettingRow>
  );
}

export function ShapleySettings() {
  const shapley = useStudy((state) => state.config.analyses.shapley);
  const edit = useEditConfig();
  const set = (patch: Partial<Shapley>) =>
    edit((old) => ({ ...old, analyses: { ...old.analyses, shapley: { ...old.analyses.shapley, ...patch } } }));
  const { estimator, permutations, images, seedsPerArm, evaluations = DEFAULT_EVALUATIONS } = shapley;
  const { players = 'layer', evolution = false } = shapley;
  return (
    <div className={css.nested}>
      <SettingRow
        label="Players"
        help="Who is switched on and off: whole layers, or every adapted projection of every layer. Projections are too many for exact values; choosing them chooses a sampled estimator."
        defaultText="layers"
        onReset={players !== 'layer' ? () => set({ players: undefined }) : null}
      >
        <Choice
          label="Shapley players"
          value={players}
          options={PLAYERS}
          onChange={(next) =>
            set(
              next === 'layer'
                ? { players: undefined }
                : { players: next, estimator: estimator === 'exact' ? 'odd' : estimator },
            )
          }
        />
      </SettingRow>
      <SettingRow
        label="Estimator"
        help="Exact values try all 2ⁿ coalitions of n players; the others try some of them and report the error that follows."
        defaultText={DEFAULTS.estimator}
        onReset={estimator !== DEFAULTS.estimator ? () => set({ estimator: DEFAULTS.estimator }) : null}
      >
        <Choice
          label="Shapley estimator"
          value={estimator}
          options={ESTIMATORS}
          onChange={(next) => set({ estimator: next })}
        />
      </SettingRow>
      {estimator === 'permutation' && (
        <NumberRow
          label="Orders sampled"
          name="Orders sampled"
          help="More orders, smaller error: it falls with the square root."
          value={permutations}
          usual={DEFAULTS.permutations}
          min={2}
          max={10000}
          onChange={(next) => set({ permutations: next })}
        />
      )}
      {estimator !== 'exact' && estimator !== 'permutation' && (
        <NumberRow
          label="Coalitions"
          name="Coalitions evaluated"
          help="How many coalitions every estimate may evaluate. More coalitions, smaller error."
          value={evaluations}
          usual={DEFAULT_EVALUATIONS}
          min={16}
          max={2048}
          onChange={(next) => set({ evaluations: next === DEFAULT_EVALUATIONS ? undefined : next })}
        />
      )}
      <NumberRow
        label="Images"
        name="Shapley images"
        help="Test images on which coalitions are judged. Cost grows in proportion."
        value={images}
        usual={DEFAULTS.images}
        min={1}
        max={100000}
        onChange={(next) => set({ images: next })}
      />
      <NumberRow
        label="Seeds analysed"
        name="Shapley seeds per arm"
        help="How many runs of every arm are analysed; the rest is skipped."
        value={seedsPerArm}
        usual={DEFAULTS.seedsPerArm}
        min={1}
        max={32}
        onChange={(next) => set({ seedsPerArm: next })}
      />
      <SettingRow
        label="During training"
        help="Also analyses the adapters as they are after the first and second third of the steps: three times the work."
        defaultText="off"
        onReset={evolution ? () => set({ evolution: undefined }) : null}
      >
        <Toggle
          label="Shapley values during training"
          value={evolution}
          onChange={(on) => set({ evolution: on || undefined })}
        />
      </SettingRow>
    </div>
  );
}
