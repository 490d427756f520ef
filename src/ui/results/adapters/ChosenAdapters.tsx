import { useState } from 'react';
import { useStore } from 'zustand/react';
import type { MergeMethod } from '../../../copra/merging/method-ids.ts';
import { MERGE_METHODS, mergeMethod } from '../../../copra/merging/methods.ts';
import type { ListedAdapter } from '../../../state/adapters/adapter-list.ts';
import { MAX_EVALUATED } from '../../../study/config/evaluation-config.ts';
import { useServices, useStudy } from '../../context.ts';
import { Button } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { NumberInput } from '../../controls/NumberInput.tsx';
import { imagesProblem } from '../../use-run.ts';
import css from './adapters.module.css';
import { ADAPTER_WORDS } from './messages.ts';

interface ChosenAdaptersProps {
  readonly chosen: readonly ListedAdapter[];
  readonly isBusy: boolean;
  readonly attempt: (what: string, work: () => Promise<void> | void) => Promise<void>;
}

/** Actions for the selected adapters. */
export function ChosenAdapters({ chosen, isBusy, attempt }: ChosenAdaptersProps) {
  const words = ADAPTER_WORDS.chosen;
  const { adapterCommands: commands, dataset } = useServices();
  const images = useStore(dataset);
  const config = useStudy((state) => state.config);
  const { task, backbone } = config;
  const idle = useStudy((state) => state.status === 'idle');
  const [method, setMethod] = useState<MergeMethod>('factors');
  const [weights, setWeights] = useState<Readonly<Record<string, number>>>({});
  const [density, setDensity] = useState(0.5);
  const other = chosen.find((adapter) => adapter.backbone !== backbone);
  const problem = other
    ? words.otherBackbone(other.name)
    : (imagesProblem(config, images) ?? (chosen.length > MAX_EVALUATED ? words.tooMany(MAX_EVALUATED) : null));
  const weightOf = ({ id }: ListedAdapter): number => weights[id] ?? 1;
  if (chosen.length === 0) return <p className={css.note}>{words.none}</p>;
  return (
    <div className={css.chosen}>
      <p className={css.evaluate}>
        <Button
          kind="primary"
          isDisabled={!idle || isBusy || problem !== null}
          onPress={() =>
            void attempt(words.evaluating, () => commands.evaluate(chosen, task === 'dropped' ? images.dataset : null))
          }
        >
          {words.evaluate(chosen.length)}
        </Button>
        <span className={css.hint}>{problem ?? words.on}</span>
      </p>
      {chosen.length > 1 && !other && (
        <div className={css.merge}>
          <h4 className={css.subtitle}>{words.mergeTitle}</h4>
          <Choice wide label={words.method} value={method} options={MERGE_METHODS} onChange={setMethod} />
          <ul className={css.weights}>
            {chosen.map((adapter) => (
              <li key={adapter.id}>
                <span>{adapter.name}</span>
                <NumberInput
                  label={words.weightOf(adapter.name)}
                  value={weightOf(adapter)}
                  min={-10}
                  max={10}
                  onChange={(weight) => setWeights({ ...weights, [adapter.id]: weight })}
                />
              </li>
            ))}
            {mergeMethod(method).trims && (
              <li>
                <span>{words.density}</span>
                <NumberInput label={words.density} value={density} min={0.01} max={1} onChange={setDensity} />
              </li>
            )}
          </ul>
          <Button
            isDisabled={isBusy}
            onPress={() =>
              void attempt(words.mergingThem, () =>
                commands.merge(chosen, { method, weights: chosen.map(weightOf), density }),
              )
            }
          >
            {words.merge}
          </Button>
          <span className={css.hint}>{words.weightsNote}</span>
        </div>
      )}
    </div>
  );
}
