import { Switch } from 'react-aria-components';
import css from './controls.module.css';

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function Toggle({ label, value, onChange }: ToggleProps) {
  return (
    <Switch aria-label={label} className={css.switch} isSelected={value} onChange={onChange}>
      <span className={css.track} />
    </Switch>
  );
}
