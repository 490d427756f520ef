/** The exercise of lesson 4: eight coalitions, what each layer adds, and its Shapley value. */
import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { withDecimalPoint } from '../../core/number-format.ts';
import {
  addedField,
  changed,
  isSolved,
  joinings,
  LAYERS,
  layersOf,
  shapleyField,
  shapleyOfLayers,
  valueField,
  valuesOf,
  verdict,
  wasSolved,
  withoutValues,
  type Verdict,
} from '../../lessons/three-layers/three-layers.ts';
import { THREE_LAYERS_WORDS } from '../../lessons/three-layers/messages.ts';
import { Button } from '../controls/Button.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import shared from '../shared.module.css';
import css from './lessons.module.css';

type Fields = Readonly<Record<string, string>>;

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly state?: Verdict;
  readonly onChange: (text: string) => void;
}

/** At most two decimals, without trailing zeros. */
const plain = (value: number): string => withDecimalPoint(String(Number(value.toFixed(2))));
const teamName = (mask: number): string => (mask === 0 ? THREE_LAYERS_WORDS.none : layersOf(mask));

function Field({ label, value, state = 'empty', onChange }: FieldProps) {
  return (
    <span className={css.field}>
      <TextField aria-label={label} value={value} onChange={onChange} className={css.fieldText}>
        <Input className={css.input} inputMode="decimal" maxLength={12} data-state={state} />
      </TextField>
      <span className={css.verdict} data-state={state}>
        {state === 'right' ? `✓ ${THREE_LAYERS_WORDS.right}` : state === 'wrong' ? THREE_LAYERS_WORDS.notYet : ''}
      </span>
    </span>
  );
}

interface PartProps {
  readonly fields: Fields;
  /** Takes what the learner typed, or had shown. */
  readonly set: (change: Fields) => void;
}

/** The accuracy of every coalition, which the learner may change. */
function Coalitions({ fields, set, onReset }: PartProps & { readonly onReset: () => void }) {
  return (
    <>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={THREE_LAYERS_WORDS.coalition}>
        <table className={`${shared.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">{THREE_LAYERS_WORDS.coalition}</th>
              <th scope="col">{THREE_LAYERS_WORDS.accuracy}</th>
            </tr>
          </thead>
          <tbody>
            {valuesOf(fields).map((value, mask) => (
              <tr key={mask}>
                <th scope="row">{teamName(mask)}</th>
                <td>
                  <Field
                    label={`${THREE_LAYERS_WORDS.accuracy}: ${teamName(mask)}`}
                    value={fields[valueField(mask)] ?? plain(value)}
                    onChange={(text) => set({ [valueField(mask)]: text })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.hint}>
        {THREE_LAYERS_WORDS.valuesNote}{' '}
        {withoutValues(fields) !== fields && (
          <Button kind="quiet" onPress={onReset}>
            {THREE_LAYERS_WORDS.resetValues}
          </Button>
        )}
      </p>
    </>
  );
}

/** The values that were found, beside those of the accuracies as they are now. */
function FoundValues({ fields, phi }: { readonly fields: Fields; readonly phi: readonly number[] }) {
  return (
    <table className={`${shared.table} ${css.table}`}>
      <thead>
        <tr>
          <th scope="col">{THREE_LAYERS_WORDS.shapleyValues}</th>
          <th scope="col">{THREE_LAYERS_WORDS.found}</th>
          <th scope="col">{THREE_LAYERS_WORDS.now}</th>
        </tr>
      </thead>
      <tbody>
        {LAYERS.map((number, i) => (
          <tr key={number}>
            <th scope="row">{THREE_LAYERS_WORDS.layer(number)}</th>
            <td>{fields[shapleyField(i)]}</td>
            <td>{plain(phi[i])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a layer adds to every coalition that it joins, and how these numbers make its value. */
function Additions({ fields, set, player }: PartProps & { readonly player: number }) {
  const rows = joinings(player, valuesOf(fields));
  const addedOf = (mask: number): string => fields[addedField(player, mask)] ?? '';
  const allAdded = rows.every(({ mask, before, after }) => verdict(addedOf(mask), after - before) === 'right');
  const work = (): Fields =>
    Object.fromEntries(rows.map(({ mask, before, after }) => [addedField(player, mask), plain(after - before)]));
  return (
    <>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={THREE_LAYERS_WORDS.layer(player + 1)}>
        <table className={`${shared.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">{THREE_LAYERS_WORDS.joins}</th>
              <th scope="col">{THREE_LAYERS_WORDS.orders}</th>
              <th scope="col">{THREE_LAYERS_WORDS.without}</th>
              <th scope="col">{THREE_LAYERS_WORDS.withLayer}</th>
              <th scope="col">{THREE_LAYERS_WORDS.adds}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ mask, orders, before, after }) => (
              <tr key={mask}>
                <th scope="row">{teamName(mask)}</th>
                <td>{orders} / 6</td>
                <td>{plain(before)}</td>
                <td>{plain(after)}</td>
                <td>
                  <Field
                    label={THREE_LAYERS_WORDS.addsLabel(player + 1, teamName(mask))}
                    value={addedOf(mask)}
                    state={verdict(addedOf(mask), after - before)}
                    onChange={(text) => set({ [addedField(player, mask)]: text })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {allAdded ? (
        <p className={css.hint}>
          {THREE_LAYERS_WORDS.weightedMean(
            rows.map(({ orders, before, after }) => `${orders} · ${plain(after - before)}`).join(' + '),
          )}
        </p>
      ) : (
        <Button onPress={() => set(work())}>{THREE_LAYERS_WORDS.showWork}</Button>
      )}
    </>
  );
}

/** The Shapley value of a layer. @param right the value that it has */
function ValueOfLayer({ fields, set, player, right }: PartProps & { readonly player: number; readonly right: number }) {
  const state = verdict(fields[shapleyField(player)], right);
  return (
    <div className={css.answerRow}>
      <span aria-hidden="true">{THREE_LAYERS_WORDS.shapleyValue(player + 1)}</span>
      <Field
        label={THREE_LAYERS_WORDS.shapleyValue(player + 1)}
        value={fields[shapleyField(player)] ?? ''}
        state={state}
        onChange={(text) => set({ [shapleyField(player)]: text })}
      />
      {state !== 'right' && (
        <Button kind="quiet" onPress={() => set({ [shapleyField(player)]: plain(right) })}>
          {THREE_LAYERS_WORDS.showValue}
        </Button>
      )}
    </div>
  );
}

export function ThreeLayers({ fields, onChange }: { fields: Fields; onChange: (fields: Fields) => void }) {
  const [layer, setLayer] = useState<string>('1');
  const player = Number(layer) - 1;
  const values = valuesOf(fields);
  const phi = shapleyOfLayers(values);
  const set = (change: Fields) => onChange(changed(fields, change));
  return (
    <div className={css.exercise}>
      <Coalitions {...{ fields, set }} onReset={() => onChange(withoutValues(fields))} />
      {wasSolved(fields) && <FoundValues {...{ fields, phi }} />}
      <Segmented
        label={THREE_LAYERS_WORDS.layer(player + 1)}
        value={layer}
        options={LAYERS.map((number, i) => ({
          id: String(number),
          name: `${THREE_LAYERS_WORDS.layer(number)}${verdict(fields[shapleyField(i)], phi[i]) === 'right' ? ' ✓' : ''}`,
        }))}
        onChange={setLayer}
      />
      <Additions {...{ fields, set, player }} />
      <ValueOfLayer {...{ fields, set, player }} right={phi[player]} />
      <p role="status" className={css.solved}>
        {isSolved(fields) &&
          THREE_LAYERS_WORDS.sumHolds(phi.map(plain).join(' + '), plain(values[values.length - 1]), plain(values[0]))}
      </p>
    </div>
  );
}
