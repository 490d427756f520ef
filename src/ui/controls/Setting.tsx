/** One row of a settings list: name, explanation, reset to the default, and the control. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import css from './controls.module.css';
import { ResetIcon } from './icons.tsx';
import { InfoTip } from './InfoTip.tsx';
import { CONTROL_WORDS } from './messages.ts';

export interface SettingText {
  readonly label: string;
  readonly help: string;
  /** The default in words, shown in the explanation and used by the reset button. */
  readonly defaultText: string;
}

interface SettingRowProps extends SettingText {
  /** Present when the value differs from the default. */
  readonly onReset: (() => void) | null;
  readonly stacked?: boolean;
  readonly children: ReactNode;
}

export function SettingRow({ label, help, defaultText, onReset, stacked = false, children }: SettingRowProps) {
  const lastWord = label.lastIndexOf(' ') + 1;
  return (
    <div className={stacked ? css.settingStacked : css.setting}>
      <span className={css.settingName}>
        <span aria-hidden="true">{label.slice(0, lastWord)}</span>
        {/* What explains and resets stays beside the last word, however the name is broken. */}
        <span className={css.settingEnd}>
          <span aria-hidden="true">{label.slice(lastWord)}</span>
          <InfoTip about={label}>
            <p>{help}</p>
            <p className={css.defaultText}>{CONTROL_WORDS.default(defaultText)}</p>
          </InfoTip>
          {onReset && (
            <Button className={css.reset} aria-label={CONTROL_WORDS.reset(label, defaultText)} onPress={onReset}>
              <ResetIcon />
            </Button>
          )}
        </span>
      </span>
      {children}
    </div>
  );
}
