import { useEffect, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { TuningRecord } from '../../../../engine/kernel-tuning.ts';
import { createKernelRecords, type Outcome } from '../../../../state/kernels/kernel-records.ts';
import { browserShelf } from '../../../../study/kernels/kernel-shelf-idb.ts';
import { saveText } from '../../../charts/download.ts';
import { useStudy } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import { Fold } from '../../../controls/Fold.tsx';
import { fixed } from '../../../format.ts';
import shared from '../../../shared.module.css';
import css from '../gpu.module.css';
import { summariseKernels } from './kernel-summary.ts';
import { KERNEL_WORDS } from './messages.ts';

function saidOf(outcome: Outcome | null): string {
  if (outcome?.kind === 'opened') return KERNEL_WORDS.opened(outcome.device);
  return outcome?.kind === 'forgotten' ? KERNEL_WORDS.forgotten : '';
}

function problemOf(outcome: Outcome | null): string {
  if (outcome?.kind === 'foreign') return KERNEL_WORDS.notOne;
  return outcome?.kind === 'failed' ? outcome.why() : '';
}

/** What was found about the kernels of this device: as a table, and as a file to keep or to bring to a device of the same kind. */
export function KernelForms() {
  const [records] = useState(() => createKernelRecords(browserShelf(indexedDB)));
  const { record, outcome } = useStore(records);
  const kernels = useStudy(({ result }) => result?.provenance.kernels);
  // A study that ends has found something.
  const status = useStudy((state) => state.status);
  useEffect(() => void records.refresh(), [records, status]);
  const problem = problemOf(outcome);
  return (
    <section className={css.kernels} aria-label={KERNEL_WORDS.title}>
      <h4 className={css.subtitle}>{KERNEL_WORDS.title}</h4>
      {record ? <Found record={record} /> : <p className={css.note}>{KERNEL_WORDS.none}</p>}
      <p className={css.note}>{KERNEL_WORDS.inUse(Object.keys(kernels ?? {}).length)}</p>
      <div className={css.actions}>
        {record && (
          <Button onPress={() => saveText(JSON.stringify(record, null, 1), 'copra-kernels.json', 'application/json')}>
            {KERNEL_WORDS.save}
          </Button>
        )}
        <FileTrigger
          acceptedFileTypes={['.json']}
          onSelect={(list) => {
            const file = list?.item(0);
            if (file) void records.open(file);
          }}
        >
          <Button>{KERNEL_WORDS.open}</Button>
        </FileTrigger>
        {record && (
          <Button kind="quiet" onPress={() => void records.forget(record)}>
            {KERNEL_WORDS.forget}
          </Button>
        )}
      </div>
      <p className={css.note} role="status">
        {saidOf(outcome)}
      </p>
      {problem && <ErrorText>{problem}</ErrorText>}
    </section>
  );
}

function Found({ record }: { readonly record: TuningRecord }) {
  const { measured, changed, usual, best, gain } = summariseKernels(record);
  const faults = Object.entries(record.faults);
  return (
    <>
      <p className={css.found}>
        {record.device}: {KERNEL_WORDS.summary(changed, measured)}.{' '}
        {changed > 0 && KERNEL_WORDS.gain(usual, best, gain)}
      </p>
      <p className={css.note}>{KERNEL_WORDS.note}</p>
      <Fold title={KERNEL_WORDS.table} level={4} quiet>
        <div className={css.wide}>
          <table className={`${shared.table} ${css.kinds}`}>
            <thead>
              <tr>
                <th scope="col">{KERNEL_WORDS.columns.kernel}</th>
                <th scope="col">{KERNEL_WORDS.columns.usual}</th>
                <th scope="col">{KERNEL_WORDS.columns.best}</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(record.sites).map(([site, { form, usual: name, milliseconds }]) => (
                <tr key={site}>
                  <th scope="row">{site}</th>
                  <td>{milliseconds ? `${name}, ${fixed(milliseconds[0], 3)} ms` : name}</td>
                  <td>
                    {milliseconds
                      ? form === null
                        ? KERNEL_WORDS.sameForm
                        : `${form}, ${fixed(milliseconds[1], 3)} ms`
                      : KERNEL_WORDS.unmeasured}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Fold>
      {faults.length > 0 && (
        <Fold title={KERNEL_WORDS.faults} level={4} quiet>
          <ul className={css.faults}>
            {faults.map(([form, fault]) => (
              <li key={form}>
                {form}: {KERNEL_WORDS.reasons[fault]}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
}
