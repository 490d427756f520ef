import { comingCode } from '../../platform/coming-code.ts';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { errorText } from '../../core/error-text.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { encodeMeasurement } from '../../share/measurement/link.ts';
import { writeMeasurement } from '../../share/measurement/schema.ts';
import { saveBlob, saveText } from '../charts/download.ts';
import { ErrorText } from '../controls/ErrorText.tsx';
import { CopyField } from '../share/CopyField.tsx';
import share from '../share/share.module.css';
import css from './measure.module.css';
import { measurementAddress } from './measurement-address.ts';
import { MEASURE } from './messages.ts';

/** A link, a file and a card of a measurement. */
export function ShareMeasurement({ measurement }: { readonly measurement: Measurement }) {
  const [problem, setProblem] = useState('');
  const address = useMemo(() => measurementAddress(encodeMeasurement(measurement)), [measurement]);
  const saveCard = async (): Promise<void> => {
    setProblem('');
    try {
      const { makeMeasureCard } = await comingCode(import('./make-measure-card.ts'));
      saveBlob(await makeMeasureCard(measurement), 'copra-device.png');
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <section className={css.share} aria-label={MEASURE.share.title}>
      <h3 className={css.subtitle}>{MEASURE.share.title}</h3>
      <CopyField label={MEASURE.share.link} text={address} />
      <ul className={share.files}>
        <li>
          <Button
            className={share.file}
            onPress={() => saveText(writeMeasurement(measurement), 'copra-device.json', 'application/json')}
          >
            {MEASURE.share.file}
          </Button>
          <span>{MEASURE.share.fileNote}</span>
        </li>
        <li>
          <Button className={share.file} onPress={() => void saveCard()}>
            {MEASURE.share.card}
          </Button>
          <span>{MEASURE.share.cardNote}</span>
        </li>
      </ul>
      <p className={css.note}>{MEASURE.share.privacy}</p>
      {problem && <ErrorText>{problem}</ErrorText>}
    </section>
  );
}
