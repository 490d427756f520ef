/** "Measure this device": starts it, shows what it found, compares it with another's. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand/react';
import { openMeasurementLink, recallMeasurement, budgetOf } from '../../state/measure/measure-commands.ts';
import { closeMeasuring } from '../../state/measure/measure-store.ts';
import { rememberingStorage } from '../../state/page/keeper.ts';
import { holdsMeasurement } from '../../state/page/url.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PagePanel } from '../controls/PagePanel.tsx';
import { ErrorText } from '../controls/ErrorText.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import shared from '../shared.module.css';
import { headlines } from './amounts.ts';
import { CompareTable } from './CompareTable.tsx';
import { MeasureControls } from './MeasureControls.tsx';
import { MeasureFacts } from './MeasureFacts.tsx';
import { MeasureTable } from './MeasureTable.tsx';
import { MissingList } from './MissingList.tsx';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';
import { RooflineFigure } from './RooflineFigure.tsx';
import { ShareMeasurement } from './ShareMeasurement.tsx';

type Which = 'own' | 'other';

/** Opens the measurement in the address, now and when the address changes. */
function useLinked(): void {
  const { measure } = useServices();
  useEffect(() => {
    recallMeasurement(measure, rememberingStorage());
    const open = (): void => {
      if (holdsMeasurement(location.hash)) openMeasurementLink(measure, location.hash);
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [measure]);
}

export function MeasurePanel() {
  useLinked();
  const { measure } = useServices();
  const { own, other, problem, seconds } = useStore(measure);
  const [wanted, setWanted] = useState<Which>();
  const which: Which = own && other ? (wanted ?? 'other') : other ? 'other' : 'own';
  const shown = which === 'own' ? own : other;
  return (
    <PagePanel
      title={MEASURE.title}
      closeText={MEASURE.close}
      onClose={() => closeMeasuring(measure)}
      intro={MEASURE.intro(budgetOf(seconds))}
    >
      <MeasureControls />
      {problem && <ErrorText>{problem()}</ErrorText>}
      {own && other && (
        <>
          <CompareTable own={own} other={other} />
          <div className={css.row}>
            <Segmented
              label={MEASURE.which}
              value={which}
              options={(['own', 'other'] as const).map((id) => ({ id, name: MEASURE[id] }))}
              onChange={setWanted}
            />
            <Button kind="quiet" onPress={() => measure.setState({ other: null })}>
              {MEASURE.closeOther}
            </Button>
          </div>
        </>
      )}
      {shown && <Found key={shown.date} measurement={shown} title={MEASURE[which]} />}
    </PagePanel>
  );
}

function Found({ measurement, title }: { readonly measurement: Measurement; readonly title: string }) {
  const sentences = headlines(measurement);
  return (
    <div className={css.found}>
      <h3 className={css.subtitle}>{title}</h3>
      <p className={css.headline}>{sentences.length > 0 ? sentences.join(' ') : MEASURE.noRatio}</p>
      {measurement.contenders.some(({ software }) => software) && <p className={shared.warning}>{MEASURE.emulated}</p>}
      <MeasureTable measurement={measurement} label={title} />
      <MissingList measurement={measurement} />
      <RooflineFigure measurement={measurement} />
      <MeasureFacts measurement={measurement} />
      <ShareMeasurement measurement={measurement} />
    </div>
  );
}
