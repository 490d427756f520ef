import { FEDERATED_RULES } from '../../copra/federated/rule-list.ts';
import { FEDERATED, type FederatedSettings as Settings } from '../../study/analyses/federated/settings.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import css from './study.module.css';

type Edit = (patch: Partial<Settings>) => void;

const NUMBERS = [
  { key: 'clients', label: 'Clients', min: 2, max: 32, help: 'Parts into which the training images are divided.' },
  {
    key: 'rounds',
    label: 'Rounds',
    min: 1,
    max: 500,
    help: 'How often the server makes one adapter of those of the clients.',
  },
  {
    key: 'localSteps',
    label: 'Local steps',
    min: 1,
    max: 1000,
    help: 'Steps of every client between two rounds. With rounds × local steps equal to the steps under Training, the figure compares with the ordinary run.',
  },
  {
    key: 'seeds',
    label: 'Seeds',
    min: 1,
    max: 32,
    help: 'How many of the study’s seeds are federated, from the first on.',
  },
] as const;

const PARTITIONS = [
  { id: 'dirichlet', name: 'Dirichlet' },
  { id: 'style', name: 'By style' },
] as const;

function RuleToggles({ rules, set }: { rules: Settings['rules']; set: Edit }) {
  return FEDERATED_RULES.map(({ id, name, text, exact }) => {
    const on = rules.includes(id);
    const next = FEDERATED_RULES.map((rule) => rule.id).filter((rule) => (rule === id ? !on : rules.includes(rule)));
    const usual = FEDERATED.rules.includes(id);
    return (
      <SettingRow
        key={id}
        label={name}
        help={`${text} ${exact ? 'Exact.' : 'Not exact.'}`}
        defaultText={usual ? 'on' : 'off'}
        onReset={null}
      >
        <Toggle label={name} value={on} onChange={() => (next.length > 0 ? set({ rules: next }) : undefined)} />
      </SettingRow>
    );
  });
}

export function FederatedSettings() {
  const settings = useStudy((state) => state.config.analyses.federated) ?? FEDERATED;
  const task = useStudy((state) => state.config.task);
  const edit = useEditConfig();
  const set: Edit = (patch) =>
    edit((old) => ({ ...old, analyses: { ...old.analyses, federated: { ...settings, ...patch } } }));
  const number = (key: 'alpha' | 'participation', label: string, help: string, min: number, max: number) => (
    <SettingRow
      label={label}
      help={help}
      defaultText={String(FEDERATED[key])}
      onReset={settings[key] !== FEDERATED[key] ? () => set({ [key]: FEDERATED[key] }) : null}
    >
      <NumberInput
        label={label}
        value={settings[key]}
        min={min}
        max={max}
        onChange={(value) => set({ [key]: value })}
      />
    </SettingRow>
  );
  return (
    <div className={css.nested}>
      {NUMBERS.map(({ key, label, min, max, help }) => (
        <SettingRow
          key={key}
          label={label}
          help={help}
          defaultText={String(FEDERATED[key])}
          onReset={settings[key] !== FEDERATED[key] ? () => set({ [key]: FEDERATED[key] }) : null}
        >
          <NumberInput
            label={`Federated: ${label.toLowerCase()}`}
            value={settings[key]}
            min={min}
            max={max}
            step={1}
            onChange={(value) => set({ [key]: Math.round(value) })}
          />
        </SettingRow>
      ))}
      <SettingRow
        label="Partition"
        help="Which client holds which images: random parts of every class, or artwork styles of its own. The styles of your own images are not known."
        defaultText="Dirichlet"
        onReset={settings.partition !== FEDERATED.partition ? () => set({ partition: FEDERATED.partition }) : null}
      >
        <Segmented
          label="Partition"
          value={settings.partition}
          options={task === 'dropped' ? PARTITIONS.slice(0, 1) : PARTITIONS}
          onChange={(partition) => set({ partition })}
        />
      </SettingRow>
      {settings.partition === 'dirichlet' &&
        number(
          'alpha',
          'α',
          'Concentration of the Dirichlet distribution: 0.1 is very uneven, 100 nearly even.',
          0.01,
          1000,
        )}
      {number(
        'participation',
        'Participation',
        'Share of the clients that take part in a round, drawn anew every time.',
        0.01,
        1,
      )}
      <RuleToggles rules={settings.rules} set={set} />
    </div>
  );
}
