import { useEffect, useState } from 'react';
import { Label, Radio, RadioGroup, Text } from 'react-aria-components';
import { errorText } from '../../../core/error-text.ts';
import { browserPrecision } from '../../../study/kernels/precision-setting-idb.ts';
import { PRECISION_CHOICES, type PrecisionChoice } from '../../../study/kernels/study-precision.ts';
import { useServices } from '../../context.ts';
import { ErrorText } from '../../controls/ErrorText.tsx';
import css from '../header.module.css';
import { PRECISION_WORDS } from './messages.ts';

/** How frozen weights are kept on a device that has the choice. */
export function PrecisionChooser() {
  const { models } = useServices();
  const [setting] = useState(() => browserPrecision(indexedDB));
  const [choice, setChoice] = useState<PrecisionChoice | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let isWanted = true;
    void setting.load().then((kept) => isWanted && setChoice(kept));
    return () => {
      isWanted = false;
    };
  }, [setting]);
  const choose = async (chosen: PrecisionChoice): Promise<void> => {
    setProblem('');
    try {
      await setting.save(chosen);
      setChoice(chosen);
      models.memory.notePrecision(chosen);
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <RadioGroup
      className={css.choices}
      value={choice}
      onChange={(value) => {
        const chosen = PRECISION_CHOICES.find((id) => id === value);
        if (chosen) void choose(chosen);
      }}
    >
      <Label className={css.choicesLabel}>{PRECISION_WORDS.title}</Label>
      {PRECISION_CHOICES.map((id) => (
        <Radio key={id} value={id} className={css.choice}>
          <span className={css.radio} />
          <span>
            {PRECISION_WORDS.choices[id].name} <span className={css.muted}>{PRECISION_WORDS.choices[id].note}</span>
          </span>
        </Radio>
      ))}
      <Text slot="description" className={css.muted}>
        {PRECISION_WORDS.note}
      </Text>
      {problem && <ErrorText>{problem}</ErrorText>}
    </RadioGroup>
  );
}
